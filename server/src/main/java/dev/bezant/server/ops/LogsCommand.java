package dev.bezant.server.ops;

import dev.bezant.server.requestlog.RequestLogFeature;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code logs}. */
@Command(name = "logs", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Shows the requests that were made to the API, and how they were answered.")
final class LogsCommand {
    /** How requests are printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "tail", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Shows the requests of an account as they are answered, through the API of a running server, until Ctrl-C.",
        "The key tells which account and mode; it needs the permission request_logs:read."
    })
    int tail(
            @Option(names = "--method", paramLabel = "METHOD", description = "Only these, such as POST.") @Nullable String method,
            @Option(names = "--path", paramLabel = "PATH", description = "Only those whose path begins so, such as /v1/refunds.") @Nullable String path,
            @Option(names = "--status", paramLabel = "STATUS", description = "Only those answered so, such as 402 or 4xx.") @Nullable String status,
            @Option(names = "--object", paramLabel = "ID", description = "Only those about this object.") @Nullable String object,
            @Option(names = "--idempotency-key", paramLabel = "TEXT", description = "Only those with this idempotency key.") @Nullable String idempotencyKey,
            @Option(names = "--key-id", paramLabel = "KEY_ID", description = "Only those with this API key, by its id.") @Nullable String keyId,
            @Option(names = "--ip", paramLabel = "ADDRESS", description = "Only those from there.") @Nullable String ip,
            @Option(names = "--since", paramLabel = "DURATION", description = "First those of the time before, such as PT1H.") @Nullable String since,
            @Option(names = "--no-follow", description = "End with what there is, instead of waiting for more.") boolean noFollow,
            @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
                    description = "text: a line for people; json: everything of a request, as a line of JSON.") String format,
            @Mixin ServerAccess access) {
        var filters = new LinkedHashMap<String, String>();
        put(filters, "method", method == null ? null : method.toUpperCase(Locale.ROOT));
        put(filters, "path", path);
        put(filters, "status", status);
        put(filters, "object", object);
        put(filters, "idempotency_key", idempotencyKey);
        put(filters, "key", keyId);
        put(filters, "ip", ip);
        Duration past = since == null ? null : KeyTerms.duration("--since", since);
        var commandLine = spec.commandLine();
        new LogsTail(new ApiClient(access::login), filters, format(format), Clock.systemUTC(), commandLine.getOut(), commandLine.getErr()).run(past, !noFollow);
        return ExitCode.OK.number();
    }

    @Command(name = "refused", mixinStandardHelpOptions = true, description = {
        "Shows requests that came without a valid key, newest first, from the database: they belong to no account, so that the API shows them to nobody.",
        "A server keeps at most 600 of them a minute."
    })
    int refused(
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most (standard: ${DEFAULT-VALUE}).") int limit,
            @Mixin Common common) {
        if (limit < 1) {
            throw new CommandException(ExitCode.USAGE, "--limit is " + limit + ", expected at least 1");
        }
        try (Workspace workspace = Workspace.open(common)) {
            var table = new TextTable("WHEN", "FROM", "STATUS", "METHOD", "PATH", "REQUEST", "CLIENT");
            for (ObjectNode request : RequestLogFeature.ofNobody(workspace.platform().database(), limit)) {
                table.add(text(request, "timestamp"), text(request, "ip"), text(request, "status"), text(request, "method"), text(request, "path"),
                        text(request, "id"), text(request, "user_agent"));
            }
            PrintWriter out = spec.commandLine().getOut();
            table.print(out);
        }
        return ExitCode.OK.number();
    }

    private static Format format(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "text" -> Format.TEXT;
            case "json" -> Format.JSON;
            default -> throw new CommandException(ExitCode.USAGE, "--format is '" + text + "', expected text or json");
        };
    }

    private static String text(ObjectNode request, String member) {
        return request.path(member).asString("");
    }

    private static void put(Map<String, String> filters, String name, @Nullable String value) {
        if (value != null) {
            filters.put(name, value);
        }
    }
}
