package dev.bezant.sdk.http;

import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.logging.CommunicatorLogger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What the clients of all providers have in common. Safe for many threads; make one, share it, close it at the end. */
public abstract class Client implements AutoCloseable {
    private final Communicator communicator;
    private final boolean ownsCommunicator;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param ownsCommunicator whether closing the client closes the communicator; false when several clients share it */
    protected Client(Communicator communicator, boolean ownsCommunicator) {
        this.communicator = communicator;
        this.ownsCommunicator = ownsCommunicator;
    }

    public final void enableLogging(CommunicatorLogger logger) {
        communicator.enableLogging(logger);
    }

    public final void disableLogging() {
        communicator.disableLogging();
    }

    public final void closeIdleConnections(Duration idle) {
        communicator.closeIdleConnections(idle);
    }

    public final void closeExpiredConnections() {
        communicator.closeExpiredConnections();
    }

    /** Later calls fail with {@link ClientClosedException}; other clients of a shared communicator go on working. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && ownsCommunicator) {
            communicator.close();
        }
    }

    /** @throws ClientClosedException after {@link #close()} */
    public final <T> T call(ApiRequest request, ResponseReader<T> reader) {
        checkOpen();
        return communicator.call(request, reader);
    }

    public final <T> CompletableFuture<T> callAsync(Supplier<T> call) {
        checkOpen();
        return communicator.callAsync(call);
    }

    protected final Communicator communicator() {
        return communicator;
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new ClientClosedException("The client");
        }
    }
}
