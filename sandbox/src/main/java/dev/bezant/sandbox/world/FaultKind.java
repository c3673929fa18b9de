package dev.bezant.sandbox.world;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways in which a simulated provider can be made to misbehave. */
public enum FaultKind {
    /** Waits, then does and answers as usual. */
    DELAY(Stage.BEFORE, 1_000),
    /** Does it, waits, then answers as usual. */
    DELAY_AFTER_EFFECT(Stage.AFTER, 1_000),
    /** Reads the request and never answers; nothing happens. */
    STALL(Stage.BEFORE, 0),
    /** The port is closed until the fault is removed, or for {@code delay_ms} if that is given. */
    REFUSE(Stage.PORT, 0),
    /** Reads the request and resets the connection; nothing happens. */
    RESET_BEFORE_EFFECT(Stage.BEFORE, 0),
    /** Does it, then resets the connection instead of answering. */
    RESET_AFTER_EFFECT(Stage.AFTER, 0),
    /** Does it, answers half of the body and closes. */
    HALF_RESPONSE(Stage.AFTER, 0),
    /** Answers 500 (or {@code status}); nothing happens. */
    ERROR_BEFORE_EFFECT(Stage.BEFORE, 0),
    /** Does it, then answers 500 (or {@code status}). */
    ERROR_AFTER_EFFECT(Stage.AFTER, 0),
    /** Does it, then answers with the right status and a body that is no JSON. */
    GARBAGE(Stage.AFTER, 0),
    /** Does it, answers the head at once and the body in pieces over {@code delay_ms}. */
    SLOW_BODY(Stage.AFTER, 5_000),
    /** The webhook is never sent. */
    WEBHOOK_DROP(Stage.WEBHOOK, 0),
    /** The webhook is sent twice. */
    WEBHOOK_DUPLICATE(Stage.WEBHOOK, 0),
    /** The webhook is sent after the next one, or after {@code delay_ms} if none comes. */
    WEBHOOK_REORDER(Stage.WEBHOOK, 2_000),
    /** The webhook is sent {@code delay_ms} late. */
    WEBHOOK_DELAY(Stage.WEBHOOK, 1_000),
    /** The webhook is sent with a signature that does not verify. */
    WEBHOOK_BAD_SIGNATURE(Stage.WEBHOOK, 0),
    /** The provider believes it is {@code delay_ms} later (negative: earlier) when it checks authentication. */
    CLOCK_SKEW(Stage.BEFORE, 600_000);

    /** Where a fault acts. */
    public enum Stage { BEFORE, AFTER, PORT, WEBHOOK }

    private final Stage stage;
    private final long delayMsDefault;

    FaultKind(Stage stage, long delayMsDefault) {
        this.stage = stage;
        this.delayMsDefault = delayMsDefault;
    }

    public Stage stage() {
        return stage;
    }

    public long delayMsDefault() {
        return delayMsDefault;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FaultKind> of(String wireName) {
        return Stream.of(values()).filter(kind -> kind.wireName().equals(wireName)).findFirst();
    }

    /** For messages. */
    public static String allNames() {
        return Stream.of(values()).map(FaultKind::wireName).collect(Collectors.joining(", "));
    }
}
