package dev.bezant.server;

import dev.bezant.server.ops.CommandLineTree;
import java.util.TimeZone;

/** Entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Sessions of the database, log lines and everything else that would otherwise depend on the machine.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        System.exit(CommandLineTree.run(args, Wiring::new));
    }
}
