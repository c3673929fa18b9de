package dev.bezant.server.ops;

import dev.bezant.server.database.Database;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code migrate}. */
@Command(name = "migrate", mixinStandardHelpOptions = true, description = {
    "Brings the database's schema to this release; doing it twice is harmless.",
    "Servers of the release before go on working beside it."
})
final class MigrateCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (Workspace workspace = Workspace.connect(common)) {
            Database database = workspace.platform().database();
            int pending = database.pendingMigrations();
            Serve.migrate(database);
            spec.commandLine().getOut().println(pending == 0 ? "Nothing to do: the schema is that of this release" : "Applied " + pending + " migrations");
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK.number();
    }
}
