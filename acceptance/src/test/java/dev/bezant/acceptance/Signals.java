package dev.bezant.acceptance;

import java.io.IOException;

/** Signals that Java itself cannot send. */
final class Signals {
    private Signals() {}

    /** Delivered when this returns; a process that is gone already is an error. */
    static void send(String name, long pid) {
        try {
            int result = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).inheritIO().start().waitFor();
            if (result != 0) {
                throw new AssertionError("kill -" + name + " " + pid + " ended with " + result);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
