package dev.bezant.server.ops;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code trigger}. */
@Command(name = "trigger", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Makes an event happen, for trying a receiver of webhooks: by real calls of the API with test cards, in test mode alone.",
    "Everything else that those calls bring about happens too: a payment that succeeds is created first.",
    "Prints the event's id and what it is about."
})
final class TriggerCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EVENT", arity = "0..1", description = "Its type, such as payment_intent.succeeded.")
    private @Nullable String type;

    @Option(names = "--list", description = "Print the types that can be made happen, and end.")
    private boolean list;

    @Mixin
    private ServerAccess access = new ServerAccess();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Triggers.types().forEach(out::println);
            out.flush();
            return ExitCode.OK.number();
        }
        String wanted = known(type);
        try {
            ServerAccess.Login login = access.login();
            if (!login.key().reveal().contains("_test_")) {
                throw new CommandException(ExitCode.USAGE, "The key is not one of test mode (sk_test_...): events are made happen with test cards alone");
            }
            JsonNode event = new Triggers(new ApiClient(access::login), Clock.systemUTC()).happen(wanted);
            out.println(event.path("id").asString() + " " + wanted + " " + event.at("/data/object/id").asString());
            out.flush();
            return ExitCode.OK.number();
        } catch (ApiClient.RefusedException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "The server at " + access.login().url() + " cannot be reached: " + e.getMessage());
        }
    }

    private static String known(@Nullable String type) {
        if (type == null || !Triggers.types().contains(type)) {
            throw new CommandException(ExitCode.USAGE, (type == null ? "Which event?" : "'" + type + "' is no event that can be made happen.")
                    + " 'trigger --list' names those that can");
        }
        return type;
    }
}
