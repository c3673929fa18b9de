package dev.bezant.server.database;

import java.time.Duration;
import java.util.Arrays;
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
    public static final GrowingTable REQUEST_LOG = new GrowingTable("request_log", "req", Step.DAY, Duration.ofDays(30));
    public static final GrowingTable PROVIDER_CALLS = new GrowingTable("provider_call", "pcl", Step.DAY, Duration.ofDays(30));
    public static final GrowingTable FILES = new GrowingTable("file", "file", Step.MONTH, null);

    /** Looked at by endpoint and by event, so in few partitions. */
    public static final GrowingTable DELIVERIES = new GrowingTable("webhook_delivery", "whd", Step.MONTH, Duration.ofDays(30));
    public static final GrowingTable ATTEMPTS = new GrowingTable("webhook_attempt", "wha", Step.DAY, Duration.ofDays(30));

    public static final List<GrowingTable> ALL = List.of(EVENTS, AUDIT, NOTICES, REQUEST_LOG, PROVIDER_CALLS, FILES, DELIVERIES, ATTEMPTS);

    /** The tables of {@link #ALL}, some of them kept as long as somebody has set. */
    public static List<GrowingTable> allWith(GrowingTable... set) {
        return ALL.stream()
                .map(table -> Arrays.stream(set).filter(other -> other.name().equals(table.name())).findFirst().orElse(table))
                .toList();
    }

    public GrowingTable keptFor(Duration time) {
        return new GrowingTable(name, idPrefix, step, time);
    }
}
