package dev.bezant.server.ops;

import dev.bezant.server.database.Database;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}. */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = {
    "Checks what must always be true of the data; changes nothing.",
    "Exit code 8 if something is not true: each case is listed."
})
final class DoctorCommand implements Callable<Integer> {
    private static final int SHOWN_MAX = 20;

    @Mixin
    private Common common = new Common();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Workspace workspace = Workspace.connect(common)) {
            Database database = workspace.platform().database();
            int pending = database.pendingMigrations();
            if (pending > 0) {
                out.println("BAD  schema: " + pending + " migrations of this release are missing; run 'bezant migrate'");
                out.flush();
                return ExitCode.UNSOUND.number();
            }
            out.println("ok   schema");
            long bad = Check.ALL.stream().filter(check -> !holds(check, database, out)).count();
            out.println(bad == 0 ? "All " + Check.ALL.size() + " checks hold" : bad + " of " + Check.ALL.size() + " checks do not hold");
            out.flush();
            return (bad == 0 ? ExitCode.OK : ExitCode.UNSOUND).number();
        }
    }

    private static boolean holds(Check check, Database database, PrintWriter out) {
        List<String> offenders = database.sql("select row from (" + check.offenders() + ") as offenders limit " + (SHOWN_MAX + 1))
                .list(row -> row.text("row"));
        if (offenders.isEmpty()) {
            out.println("ok   " + check.name());
            return true;
        }
        out.println("BAD  " + check.name() + ": " + check.meaning());
        offenders.stream().limit(SHOWN_MAX).forEach(row -> out.println("       " + row));
        if (offenders.size() > SHOWN_MAX) {
            out.println("       and more");
        }
        return false;
    }
}
