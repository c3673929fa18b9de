package dev.bezant.server.ops;

import java.io.PrintWriter;

/** How far it is: a bar that moves on a terminal, a line per tenth elsewhere. */
final class ProgressBar {
    private static final int WIDTH = 40;
    private static final int STEPS_ELSEWHERE = 10;

    private final PrintWriter out;
    private final String what;
    private final boolean terminal = Terminal.attached();
    private long shown = -1;

    ProgressBar(PrintWriter out, String what) {
        this.out = out;
        this.what = what;
    }

    /** @param of 0 if there is nothing to do */
    void at(long done, long of) {
        long steps = terminal ? WIDTH : STEPS_ELSEWHERE;
        long step = of == 0 ? steps : Math.min(steps, done * steps / of);
        if (step == shown && done < of) {
            return;
        }
        shown = step;
        if (terminal) {
            out.print("\r" + what + " [" + "#".repeat((int) step) + ".".repeat((int) (WIDTH - step)) + "] " + done + "/" + of);
            if (done >= of) {
                out.println();
            }
        } else {
            out.println(what + " " + done + "/" + of);
        }
        out.flush();
    }
}
