package dev.bezant.server.ops;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.ops.Listening.Format;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code listen}. */
@Command(name = "listen", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Receives the events of an account and forwards them to a program on this machine, signed, in the order of each object.",
    "",
    "Needs no address that the server could call: it fetches. A lost connection loses nothing; events that are sent again come too.",
    "One line for each event, with the program's answer. Where nobody answers it is tried again for half a minute.",
    "The secret that is signed with belongs to the key: it is the same in every session. Ctrl-C ends it."
})
final class ListenCommand implements Callable<Integer> {
    @Option(names = "--forward-to", paramLabel = "URL", description = "Where to, such as http://localhost:3000/hooks (standard: events are only shown).")
    private @Nullable String forwardTo;

    @Option(names = "--events", paramLabel = "TYPE", split = ",", description = "Only these, such as payment_intent.succeeded; may be repeated (standard: all).")
    private List<String> events = new ArrayList<>();

    @Option(names = "--api-version", paramLabel = "VERSION",
            description = "The shapes of a version, such as 2026-07-29.dahlia for clients of Stripe (standard: the account's).")
    private @Nullable String apiVersion;

    @Option(names = "--header", paramLabel = "NAME: VALUE", description = "A header to forward with; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text, or json: one line of JSON with the whole event (standard: text).")
    private String format = "text";

    @Option(names = "--name", paramLabel = "NAME",
            description = "What happens between two sessions of this name is delivered in the second, for a day (standard: each session begins with what happens from then on).")
    private @Nullable String name;

    @Option(names = "--print-secret", description = "Print the secret that events are signed with, and end.")
    private boolean printSecret;

    @Mixin
    private ServerAccess access = new ServerAccess();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Secret secret = Listening.secretOf(access.login().key());
        if (printSecret) {
            spec.commandLine().getOut().println(secret.reveal());
            spec.commandLine().getOut().flush();
            return ExitCode.OK.number();
        }
        Format shown = switch (format) {
            case "text" -> Format.TEXT;
            case "json" -> Format.JSON;
            default -> throw new CommandException(ExitCode.USAGE, "--format is '" + format + "', expected text or json");
        };
        URI target = forwardTo == null ? null : target(forwardTo);
        Map<String, String> extra = headers(headers);
        var listening = new Listening(new ApiClient(access::login), request(target),
                target == null ? null : new Forwarder(target, extra, secret), shown, spec.commandLine().getOut(), spec.commandLine().getErr());
        var signal = StopSignal.install();
        ExitCode exitCode = ExitCode.FAILED;
        try {
            spec.commandLine().getErr().println("Listening at " + access.login().url() + (target == null ? "" : " and forwarding to " + target)
                    + ". Events are signed with " + secret.reveal());
            spec.commandLine().getErr().flush();
            listening.run(signal::await);
            exitCode = ExitCode.OK;
        } finally {
            signal.finished(exitCode);
        }
        return exitCode.number();
    }

    private ObjectNode request(@Nullable URI target) {
        ObjectNode request = Json.object();
        if (!events.isEmpty()) {
            request.set("enabled_events", Json.texts(events));
        }
        if (apiVersion != null) {
            request.put("api_version", apiVersion);
        }
        if (name != null) {
            request.put("name", name);
        }
        if (target != null) {
            request.put("forward_to", target.toString());
        }
        return request;
    }

    /** Without a scheme it is http, and without a host this machine. */
    static URI target(String text) {
        String whole = text.startsWith(":") ? "localhost" + text : text;
        String url = whole.contains("://") ? whole : "http://" + whole;
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below, with what is expected.
        }
        throw new CommandException(ExitCode.USAGE, "--forward-to is '" + text + "', expected a URL such as http://localhost:3000/hooks");
    }

    static Map<String, String> headers(List<String> lines) {
        var headers = new java.util.LinkedHashMap<String, String>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new CommandException(ExitCode.USAGE, "--header is '" + line + "', expected a name and a value such as 'X-Shop: 7'");
            }
            headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return headers;
    }
}
