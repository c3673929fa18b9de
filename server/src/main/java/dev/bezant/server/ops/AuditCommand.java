package dev.bezant.server.ops;

import dev.bezant.server.kernel.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit}. */
@Command(name = "audit", mixinStandardHelpOptions = true,
        description = "Shows who changed what of an account, its keys, provider accounts and webhook endpoints; newest first.")
final class AuditCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ACCOUNT", description = "Id or name.")
    private String account = "";

    @Option(names = "--object", paramLabel = "ID", description = "Only what was done to this, such as a key's id.")
    private @Nullable String object;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most (standard: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private Common common = new Common();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new CommandException(ExitCode.USAGE, "--limit is " + limit + ", expected at least 1");
        }
        try (Workspace workspace = Workspace.open(common)) {
            Platform platform = workspace.platform();
            var table = new TextTable("WHEN", "WHO", "WHAT", "OBJECT", "DETAILS");
            platform.audit().latest(platform.database(), platform.accounts().named(account).id(), object, limit).forEach(it ->
                    table.add(it.createdAt().toString(), it.actor(), it.action(), it.objectId(), Json.write(it.details())));
            table.print(spec.commandLine().getOut());
        }
        return ExitCode.OK.number();
    }
}
