package dev.bezant.acceptance;

import dev.bezant.acceptance.Shell.Result;

/** What a user's first start does before it: tests start what users start, with Java's caches of classes. */
final class Build {
    private static final Result RESULT = new Shell().with("BEZANT_BUILD", "").run("build");

    private Build() {}

    /** Builds what is stale, at the first call. */
    static void once() {
        if (RESULT.exitCode() != 0) {
            throw new AssertionError("./bezant build ended with " + RESULT.exitCode() + ": " + RESULT.err());
        }
    }
}
