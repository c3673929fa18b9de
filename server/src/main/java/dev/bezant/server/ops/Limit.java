package dev.bezant.server.ops;

import org.jspecify.annotations.Nullable;

/** Reads a rate limit of the command line: a number per minute, or none. */
final class Limit {
    private Limit() {}

    /** @return null for none */
    static @Nullable Integer read(String option, String text) {
        if (text.equals("none")) {
            return null;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit > 0) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new CommandException(ExitCode.USAGE, option + " is '" + text + "', expected a whole number of at least 1, or none");
    }
}
