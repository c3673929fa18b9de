package dev.bezant.server.ops;

import dev.bezant.server.kernel.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code events}. */
@Command(name = "events", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Sends events of a running server again.")
final class EventsCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "resend", mixinStandardHelpOptions = true, description = {
        "Sends an event again: to every endpoint and listener that asks for its type, or to one.",
        "Prints the new deliveries; 'GET /v1/webhook_endpoints/{id}/deliveries/{delivery}' tells how they go."
    })
    int resend(
            @Parameters(paramLabel = "EVENT", description = "The event's id, evt_...") String event,
            @Option(names = "--endpoint", paramLabel = "ID", description = "Only to this endpoint or listener, whatever it asks for.") @Nullable String endpoint,
            @Mixin ServerAccess access) {
        ObjectNode body = Json.object();
        if (endpoint != null) {
            body.put("webhook_endpoint", endpoint);
        }
        try {
            ObjectNode answer = new ApiClient(access::login).post("/v1/events/" + URLEncoder.encode(event, StandardCharsets.UTF_8) + "/resend", body);
            var table = new TextTable("DELIVERY", "TO", "EVENT", "TYPE");
            for (JsonNode delivery : answer.path("data")) {
                table.add(delivery.path("id").asString(), delivery.path("webhook_endpoint").asString(), delivery.path("event").asString(),
                        delivery.path("event_type").asString());
            }
            table.print(spec.commandLine().getOut());
            if (answer.path("data").isEmpty()) {
                spec.commandLine().getErr().println("Nobody asks for events of this type");
                spec.commandLine().getErr().flush();
            }
            return ExitCode.OK.number();
        } catch (ApiClient.RefusedException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "The server at " + access.login().url() + " cannot be reached: " + e.getMessage());
        }
    }
}
