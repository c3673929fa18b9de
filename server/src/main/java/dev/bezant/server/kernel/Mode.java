package dev.bezant.server.kernel;

/** Test and live data never meet. */
public enum Mode {
    TEST,
    LIVE;

    public boolean live() {
        return this == LIVE;
    }

    public static Mode of(boolean live) {
        return live ? LIVE : TEST;
    }

    /** {@code test} or {@code live}, as in key prefixes. */
    public String word() {
        return live() ? "live" : "test";
    }
}
