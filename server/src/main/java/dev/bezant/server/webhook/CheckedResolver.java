package dev.bezant.server.webhook;

import dev.bezant.server.kernel.AddressRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up for connections that are about to be made, and gives only addresses that may be called.
 *
 * <p>What is looked at here is what is connected to, so a name that means something harmless when it is checked and something else
 * a moment later gains nothing. Look-ups block in the system's library and cannot be broken off, so they run on threads of their
 * own, one at a time for each name: names whose servers do not answer hold up only those who ask for them.
 */
final class CheckedResolver implements DnsResolver, AutoCloseable {
    private static final int THREADS_MAX = 512;

    /** Asks the system. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] lookUp(String name) throws UnknownHostException;
    }

    /** An address was found, and must not be called. */
    static final class RefusedException extends UnknownHostException {
        RefusedException(String host, InetAddress address) {
            super(host + (host.equals(address.getHostAddress()) ? "" : " is " + address.getHostAddress() + ", which")
                    + " is not an address of the public Internet: live events are not sent there");
        }
    }

    private final Lookup lookup;
    private final boolean anywhere;
    private final Map<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, THREADS_MAX, 30, TimeUnit.SECONDS, new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("webhook-dns-", 1).factory());

    /** @param anywhere whether private addresses may be called too */
    CheckedResolver(Lookup lookup, boolean anywhere) {
        this.lookup = lookup;
        this.anywhere = anywhere;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        Optional<InetAddress> literal = AddressRange.address(host);
        InetAddress[] found = literal.isPresent() ? new InetAddress[] {literal.get()} : lookedUp(host);
        if (anywhere) {
            return found;
        }
        InetAddress[] allowed = Arrays.stream(found).filter(PublicAddresses::contains).toArray(InetAddress[]::new);
        if (allowed.length == 0 && found.length > 0) {
            throw new RefusedException(host, found[0]);
        }
        return allowed;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private InetAddress[] lookedUp(String host) throws UnknownHostException {
        CompletableFuture<InetAddress[]> answer = underWay.computeIfAbsent(host, this::begin);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            underWay.remove(host, answer);
            throw e.getCause() instanceof UnknownHostException unknown ? unknown : new UnknownHostException(host + ": " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": the look-up took too long");
        }
    }

    private CompletableFuture<InetAddress[]> begin(String host) {
        var answer = new CompletableFuture<InetAddress[]>();
        try {
            threads.execute(() -> {
                try {
                    InetAddress[] found = lookup.lookUp(host);
                    underWay.remove(host);
                    answer.complete(found);
                } catch (UnknownHostException | RuntimeException e) {
                    underWay.remove(host);
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new UnknownHostException(host + ": too many names cannot be looked up at the moment"));
        }
        return answer;
    }
}
