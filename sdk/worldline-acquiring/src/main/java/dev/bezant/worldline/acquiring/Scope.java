package dev.bezant.worldline.acquiring;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an access token permits. A client may ask only for what it was granted.
 *
 * @see "docs/protocols/worldline-acquiring.md, section 3"
 */
public enum Scope {
    PROCESSING_PAYMENT,
    PROCESSING_REFUND,
    PROCESSING_ACCOUNTVERIFICATION,
    PROCESSING_BALANCEINQUIRY,
    PROCESSING_OPERATION_REVERSE,
    PROCESSING_DCC_RATE,
    SERVICES_PING,
    DISPUTES_RETRIEVE,
    DISPUTES_MANAGE;

    /** As it is sent. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Everything that some operation needs. */
    public static List<String> all() {
        return Stream.of(values()).map(Scope::wire).toList();
    }

    /** What these operations need and no more; to permit a client as little as it does. */
    public static List<String> of(Operation... operations) {
        return Stream.of(operations).map(operation -> operation.scope().wire()).distinct().toList();
    }
}
