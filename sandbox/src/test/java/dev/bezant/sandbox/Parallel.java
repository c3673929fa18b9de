package dev.bezant.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same thing many times at once. */
public final class Parallel {
    private Parallel() {}

    /** All results; the first exception is thrown. */
    public static <T> List<T> times(int times, Callable<T> task) {
        var running = new ArrayList<Future<T>>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                running.add(pool.submit(task));
            }
        }
        var results = new ArrayList<T>();
        for (var one : running) {
            try {
                results.add(one.get());
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return results;
    }
}
