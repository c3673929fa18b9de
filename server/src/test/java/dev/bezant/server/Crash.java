package dev.bezant.server;

import dev.bezant.server.kernel.Checkpoint;

/** Ends a request at a named place, once, as a killed process would: nothing after it happens. */
final class Crash implements Checkpoint {
    private String place = "";

    /** What nobody catches on the way. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    synchronized void at(String name) {
        place = name;
    }

    @Override
    public synchronized void reached(String name) {
        if (place.equals(name)) {
            place = "";
            throw new Killed();
        }
    }
}
