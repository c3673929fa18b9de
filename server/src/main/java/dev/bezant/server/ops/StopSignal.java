package dev.bezant.server.ops;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C and SIGTERM, as something to wait for. The process ends once {@link #finished} was called, with the exit code told there:
 * being asked to stop is not a failure, although Java would say 130 or 143.
 */
final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile ExitCode exitCode = ExitCode.FAILED;

    static StopSignal install() {
        var signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::stopOrderly, "stop"));
        return signal;
    }

    void await() throws InterruptedException {
        asked.await();
    }

    /** Everything is closed; nothing is left to do. Must be called on every way out, or the process would never end. */
    void finished(ExitCode code) {
        exitCode = code;
        finished.countDown();
    }

    private void stopOrderly() {
        if (finished.getCount() == 0) {
            // The process ends by itself, with an exit code of its own.
            return;
        }
        asked.countDown();
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode.number());
    }
}
