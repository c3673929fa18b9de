package dev.bezant.server.settle;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thing after the other; one that fails does not keep the others from being settled. */
final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    private Round() {}

    static <T> void each(String what, List<T> items, Consumer<T> work) {
        items.forEach(item -> guarded(what, () -> work.accept(item)));
    }

    static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Settling a {} failed; it is tried again", what, e);
        }
    }
}
