package dev.bezant.sdk.http;

import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.logging.CommunicatorLogger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the clients of all providers have in common. Safe for many threads; make one, share it, close it at the end. */
public abstract class Client implements AutoCloseable {
    private final Communicator communicator;
    private final List<Communicator> all;
    private final boolean ownsCommunicators;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param ownsCommunicator whether closing the client closes the communicator; false when several clients share it */
    protected Client(Communicator communicator, boolean ownsCommunicator) {
        this(communicator, List.of(), ownsCommunicator);
    }

    /**
     * For a provider that answers on several hosts, each with credentials of its own.
     *
     * @param communicator for {@link #call(ApiRequest, ResponseReader)}
     * @param others for {@link #call(Communicator, ApiRequest, ResponseReader)}
     */
    protected Client(Communicator communicator, List<Communicator> others, boolean ownsCommunicators) {
        this.communicator = communicator;
        this.all = Stream.concat(Stream.of(communicator), others.stream()).toList();
        this.ownsCommunicators = ownsCommunicators;
    }

    public final void enableLogging(CommunicatorLogger logger) {
        all.forEach(each -> each.enableLogging(logger));
    }

    public final void disableLogging() {
        all.forEach(Communicator::disableLogging);
    }

    public final void closeIdleConnections(Duration idle) {
        all.forEach(each -> each.closeIdleConnections(idle));
    }

    public final void closeExpiredConnections() {
        all.forEach(Communicator::closeExpiredConnections);
    }

    /** Later calls fail with {@link ClientClosedException}; other clients of a shared communicator go on working. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && ownsCommunicators) {
            all.forEach(Communicator::close);
        }
    }

    /** @throws ClientClosedException after {@link #close()} */
    public final <T> T call(ApiRequest request, ResponseReader<T> reader) {
        checkOpen();
        return communicator.call(request, reader);
    }

    /** @param via one of this client's communicators */
    protected final <T> T call(Communicator via, ApiRequest request, ResponseReader<T> reader) {
        checkOpen();
        return via.call(request, reader);
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
