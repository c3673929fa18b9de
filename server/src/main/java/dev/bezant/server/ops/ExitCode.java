package dev.bezant.server.ops;

/** What the process tells whoever started it. Documented in {@code ./bezant --help}. */
public enum ExitCode {
    OK(0, "done; serve: stopped cleanly by Ctrl-C or SIGTERM"),
    FAILED(1, "could not be done; the message says why"),
    USAGE(2, "wrong command line"),
    SETTINGS(3, "wrong settings; every mistake is listed"),
    DATA_DIRECTORY(4, "the data directory is in use or cannot be used"),
    PORT(5, "the port is taken"),
    DATABASE(6, "the database cannot be started, reached or migrated"),
    SANDBOX(7, "the sandbox cannot be started, or a stranger listens on its ports"),
    UNSOUND(8, "doctor: something that must always be true is not");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }
}
