package dev.bezant.sdk.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs blocking calls elsewhere: on the caller's executor, or on daemon threads that are made when the first is needed. */
final class AsyncCalls {
    private final @Nullable Executor given;
    private @Nullable ExecutorService own;

    AsyncCalls(@Nullable Executor given) {
        this.given = given;
    }

    <T> CompletableFuture<T> run(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, executor());
    }

    private synchronized Executor executor() {
        if (given != null) {
            return given;
        }
        if (own == null) {
            own = Executors.newCachedThreadPool(task -> {
                var thread = new Thread(task, "bezant-sdk-async");
                thread.setDaemon(true);
                return thread;
            });
        }
        return own;
    }

    /** Lets calls under way finish. */
    synchronized void close() {
        if (own != null) {
            own.shutdown();
        }
    }
}
