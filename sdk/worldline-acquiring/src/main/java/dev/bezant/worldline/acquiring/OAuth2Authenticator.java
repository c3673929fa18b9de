package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.http.Authenticator;
import dev.bezant.sdk.http.Renewal;
import dev.bezant.sdk.http.SideChannel;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts an access token into each request. One token serves all calls; however many need a new one, it is asked for once, by a thread of its own, so
 * that no caller's time limit ends what others wait for. Shortly before a token ends its successor is fetched while calls go on with it. A failure
 * is told to all who waited, and not remembered.
 *
 * @see "docs/protocols/worldline-acquiring.md, section 3"
 */
public final class OAuth2Authenticator implements Authenticator {
    /** After an early renewal failed: the old token is still good, so there is no hurry. */
    private static final Duration EARLY_PAUSE = Duration.ofSeconds(2);

    private final TokenEndpoint endpoint;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private @Nullable AccessToken current;
    private @Nullable CompletableFuture<AccessToken> asked;
    private long earliestEarly;

    /** @param channel from {@code Communicator.Builder.authenticatorOn} */
    public OAuth2Authenticator(OAuth2Credentials credentials, SideChannel channel) {
        this(credentials, channel, System::nanoTime);
    }

    /** @param nanoTime a clock that only runs forward: a jump of the wall clock must not make a token older or younger */
    OAuth2Authenticator(OAuth2Credentials credentials, SideChannel channel, LongSupplier nanoTime) {
        this.endpoint = new TokenEndpoint(credentials, channel, nanoTime);
        this.nanoTime = nanoTime;
        this.earliestEarly = nanoTime.getAsLong();
    }

    /**
     * @throws OAuth2Exception when the authorization server refuses this client
     * @throws CommunicationException when there is no token for another reason; the request was not sent
     */
    @Override
    public Headers authenticate(WireRequest request) {
        CompletableFuture<AccessToken> coming;
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            AccessToken token = current;
            if (token != null && token.isUsable(now)) {
                if (token.isDue(now) && asked == null && now - earliestEarly >= 0) {
                    asked = begin();
                }
                return header(token);
            }
            if (asked == null) {
                asked = begin();
            }
            coming = asked;
        }
        return header(await(coming, request));
    }

    @Override
    public Renewal renew(WireRequest rejected, WireResponse answer) {
        Optional<String> sent = rejected.headers().first("Authorization");
        if (sent.isEmpty()) {
            return Renewal.NONE;
        }
        synchronized (lock) {
            AccessToken token = current;
            if (token == null || !sent.get().equals(token.header())) {
                return Renewal.OUTDATED;
            }
            current = null;
            return token.hasEnded(nanoTime.getAsLong()) ? Renewal.OUTDATED : Renewal.DROPPED;
        }
    }

    private static Headers header(AccessToken token) {
        return Headers.of("Authorization", token.header());
    }

    /** Under the lock. */
    private CompletableFuture<AccessToken> begin() {
        var coming = new CompletableFuture<AccessToken>();
        var thread = new Thread(() -> ask(coming), "bezant-sdk-token");
        thread.setDaemon(true);
        thread.start();
        return coming;
    }

    private void ask(CompletableFuture<AccessToken> coming) {
        try {
            AccessToken token = endpoint.ask();
            synchronized (lock) {
                current = token;
                asked = null;
            }
            coming.complete(token);
        } catch (RuntimeException | Error e) {
            synchronized (lock) {
                asked = null;
                earliestEarly = nanoTime.getAsLong() + EARLY_PAUSE.toNanos();
            }
            coming.completeExceptionally(e);
        }
    }

    /** Not longer than the call may wait before it is sent; the asking itself has a limit of its own. */
    private static AccessToken await(CompletableFuture<AccessToken> coming, WireRequest request) {
        try {
            var deadline = request.context().sendDeadline();
            return deadline.isPresent() ? coming.get(deadline.get().remaining().toNanos(), TimeUnit.NANOSECONDS) : coming.get();
        } catch (TimeoutException e) {
            throw notSent(request, Reason.SEND_DEADLINE_PASSED, "no access token came before the send deadline", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notSent(request, Reason.INTERRUPTED, "interrupted while waiting for an access token", e);
        } catch (ExecutionException e) {
            throw failure(request, e.getCause());
        }
    }

    /** One of its own for each who waited: what failed is the asking, and the call itself was never sent. */
    private static RuntimeException failure(WireRequest request, @Nullable Throwable cause) {
        if (cause instanceof OAuth2Exception refused) {
            return new OAuth2Exception(refused.problem());
        }
        if (cause instanceof ClientClosedException) {
            return new ClientClosedException("The communicator");
        }
        if (cause instanceof CommunicationException failed) {
            return notSent(request, failed.reason(), "there is no access token: " + failed.getMessage(), failed);
        }
        return notSent(request, Reason.OTHER, "there is no access token", cause);
    }

    private static CommunicationException notSent(WireRequest request, Reason reason, String why, @Nullable Throwable cause) {
        String place = request.method() + " " + request.uri().getScheme() + "://" + request.uri().getRawAuthority();
        return new CommunicationException(Sent.NO, reason, request.method(), place + " was not sent: " + why, cause);
    }
}
