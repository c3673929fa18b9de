package dev.bezant.corefy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Deadline;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.RateLimitException;
import dev.bezant.sdk.error.SdkException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What is done when a request that creates something got no clear answer: look for it by our reference, and only then, and only where Corefy refuses
 * a reference that was used before, send it again.
 *
 * @param attemptsMax the first one included; 1 for neither looking nor repeating
 * @param budget the longest that all of it may take
 * @see "docs/protocols/corefy.md, section 14"
 */
record Doubt(int attemptsMax, Duration budget) {
    private static final Duration DELAY_BASE = Duration.ofMillis(500);
    private static final Duration DELAY_MAX = Duration.ofSeconds(8);

    /**
     * @param create one attempt
     * @param lookUp finds what was created under the reference; empty only if it is certain that nothing was yet
     * @param same whether what was found is what was asked for
     * @throws SdkException of the first attempt that left doubt, whatever later ones said: only success or finding it ends a doubt
     */
    <T> T createUnique(CallContext context, String reference, Supplier<T> create, Supplier<Optional<T>> lookUp, Predicate<T> same) {
        Deadline end = Deadline.after(budget);
        SdkException doubt = null;
        for (int attempt = 1; ; attempt++) {
            SdkException failure;
            try {
                return create.get();
            } catch (SdkException e) {
                failure = e;
            }
            if (doubt == null && failure.mayHaveTakenEffect()) {
                doubt = failure;
            }
            SdkException reported = doubt == null ? failure : doubt;
            if (attemptsMax > 1 && (mayBeThere(failure) || doubt != null)) {
                Optional<T> found = found(lookUp, reported);
                if (found.isPresent()) {
                    return adopt(found.get(), same, reference, reported);
                }
            }
            if (!failure.mayHaveTakenEffect() || attempt >= attemptsMax || !pause(context, end, attempt, failure)) {
                throw reported;
            }
        }
    }

    /** As above, for references that Corefy may take twice: what is found is adopted, nothing is sent again. */
    <T> T createOnce(String reference, Supplier<T> create, Supplier<Optional<T>> lookUp, Predicate<T> same) {
        try {
            return create.get();
        } catch (SdkException e) {
            if (!mayBeThere(e) || attemptsMax == 1) {
                throw e;
            }
            return adopt(found(lookUp, e).orElseThrow(() -> e), same, reference, e);
        }
    }

    /** Which status a used reference is refused with is not certain: 409, 422 or 429. */
    private static boolean mayBeThere(SdkException e) {
        return e.mayHaveTakenEffect() || (e instanceof ApiException refused && (refused.status() == 409 || refused.status() == 422));
    }

    private static <T> Optional<T> found(Supplier<Optional<T>> lookUp, SdkException reported) {
        try {
            return lookUp.get();
        } catch (SdkException e) {
            reported.addSuppressed(e);
            throw reported;
        }
    }

    /** The reference of something else: our own mistake, and not to be taken for what was asked. */
    private static <T> T adopt(T found, Predicate<T> same, String reference, SdkException reported) {
        if (same.test(found)) {
            return found;
        }
        if (reported instanceof ApiException refused) {
            throw new IdempotenceException(refused.problem(), reference, null);
        }
        throw reported;
    }

    /** @return false when there is no time to wait */
    private static boolean pause(CallContext context, Deadline end, int attempt, SdkException failure) {
        long ceiling = Math.min(DELAY_MAX.toNanos(), DELAY_BASE.toNanos() << Math.min(10, attempt - 1));
        Duration jittered = Duration.ofNanos(ThreadLocalRandom.current().nextLong(ceiling + 1));
        Duration wait = failure instanceof RateLimitException limited
                ? limited.retryAfter().filter(asked -> asked.compareTo(jittered) > 0).orElse(jittered) : jittered;
        boolean tooLong = wait.compareTo(end.remaining()) >= 0
                || context.sendDeadline().filter(deadline -> deadline.remaining().compareTo(wait) <= 0).isPresent();
        if (tooLong) {
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
