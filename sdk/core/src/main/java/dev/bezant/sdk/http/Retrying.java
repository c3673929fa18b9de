package dev.bezant.sdk.http;

import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.Sent;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Repeats what cannot do anything twice; {@link RetryPolicy} says what that is. */
final class Retrying {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    /** Of these a repetition cannot change the answer, or the caller wants none. */
    private static final Set<Reason> FINAL = Set.of(Reason.SEND_DEADLINE_PASSED, Reason.RATE_LIMITED_HERE, Reason.INTERRUPTED);

    private final RetryPolicy policy;
    private final Clock clock;

    Retrying(RetryPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * @param keyed whether the provider carries this call out once, however often it is sent
     * @throws CommunicationException of the last attempt; of an earlier one that may have taken effect, where the last says nothing of it
     */
    Communicator.Exchange run(WireRequest request, boolean keyed, IntFunction<Communicator.Exchange> attempts) {
        boolean reading = READING.contains(request.method());
        boolean harmless = reading || (keyed && policy.keyedCalls());
        @Nullable Doubt doubt = null;
        for (int attempt = 1; ; attempt++) {
            Duration wait = policy.delayAfter(attempt);
            boolean last = attempt == policy.attemptsMax();
            try {
                var exchange = attempts.apply(attempt);
                int status = exchange.response().status();
                if (last || !harmless || !PASSING.contains(status)) {
                    return doubt != null && refuses(status) ? doubt.told() : exchange;
                }
                doubt = doubt == null && !reading ? new Doubt(exchange, null) : doubt;
                Optional<Duration> hint = StatusErrors.retryAfter(exchange.response(), clock);
                wait = hint.filter(asked -> asked.compareTo(policy.delayAfter(1)) > 0).orElse(wait);
                if (wait.compareTo(policy.delayMax()) > 0 || !pause(request, wait)) {
                    return exchange;
                }
            } catch (CommunicationException e) {
                boolean safe = e.wasSent() == Sent.NO || harmless;
                if (last || !safe || FINAL.contains(e.reason()) || !pause(request, wait)) {
                    if (doubt != null && !e.mayHaveTakenEffect()) {
                        return doubt.told();
                    }
                    throw e;
                }
                doubt = doubt == null && e.mayHaveTakenEffect() ? new Doubt(null, e) : doubt;
            }
        }
    }

    /**
     * An attempt that may have taken effect. Only an answer to its key tells what became of it: that a later one is not sent, or is refused before
     * the key is looked at, does not.
     */
    private record Doubt(Communicator.@Nullable Exchange answer, @Nullable CommunicationException lost) {
        Communicator.Exchange told() {
            if (lost != null) {
                throw lost;
            }
            return Objects.requireNonNull(answer);
        }
    }

    /** Whether an answer says no more than that this request was not taken. A decline is the answer to its key. */
    private static boolean refuses(int status) {
        return status >= 400 && status < 500 && status != 402;
    }

    /** @return false when there is no time to wait: the send deadline would pass, or the thread is being stopped */
    private static boolean pause(WireRequest request, Duration wait) {
        boolean tooLate = request.context().sendDeadline().filter(deadline -> deadline.remaining().compareTo(wait) <= 0).isPresent();
        if (tooLate) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
