package dev.bezant.sandbox.world;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A fault that was asked for, and how often it has struck. Thread-safe. */
public final class Fault {
    /**
     * What was asked for.
     *
     * @param provider null for all
     * @param operation null for every operation that moves money, {@code *} for every operation
     * @param account null for all
     * @param count how often it strikes at most
     * @param probability of striking a matching call, in thousandths of a thousandth (1 to 1,000,000)
     * @param delayMs milliseconds; negative only for clock_skew
     * @param status the HTTP status of the error faults
     * @param seed of the random choice, so that a run can be repeated
     */
    public record Terms(FaultKind kind, @Nullable String provider, @Nullable String operation, @Nullable String account, long count,
            int probability, long delayMs, int status, long seed) {}

    /** {@link Terms#probability} of a certain strike. */
    public static final int ALWAYS = 1_000_000;

    private final String id;
    private final Terms terms;
    private final Random random;
    private long hits;

    Fault(String id, Terms terms) {
        this.id = id;
        this.terms = terms;
        this.random = new Random(terms.seed());
    }

    public String id() {
        return id;
    }

    public Terms terms() {
        return terms;
    }

    public FaultKind kind() {
        return terms.kind();
    }

    public synchronized long hits() {
        return hits;
    }

    synchronized boolean isSpent() {
        return hits >= terms.count();
    }

    /** Decides about one matching call. */
    public synchronized boolean strikes() {
        if (hits >= terms.count() || (terms.probability() < ALWAYS && random.nextInt(ALWAYS) >= terms.probability())) {
            return false;
        }
        hits++;
        return true;
    }
}
