package dev.bezant.server.ops;

import java.io.Console;

/** Whether a person looks on. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // It depends on the release and on a setting whether it is null or says that it is none.
    static boolean attached() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
