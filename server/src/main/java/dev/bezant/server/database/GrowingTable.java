package dev.bezant.server.database;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that only ever grows: partitioned by id, whose first part is time.
 *
 * @param idPrefix of its ids, such as {@code evt}
 * @param step what one partition holds
 * @param kept how long a row is kept at least; null = for ever
 */
public record GrowingTable(String name, String idPrefix, Step step, @Nullable Duration kept) {
    /** How much time one partition holds. */
    public enum Step {
        DAY,
        MONTH
    }

    public static final GrowingTable EVENTS = new GrowingTable("event", "evt", Step.MONTH, null);
    public static final GrowingTable AUDIT = new GrowingTable("audit", "aud", Step.MONTH, null);

    public static final GrowingTable NOTICES = new GrowingTable("provider_notice", "ntc", Step.MONTH, Duration.ofDays(400));

    public static final List<GrowingTable> ALL = List.of(EVENTS, AUDIT, NOTICES);
}
