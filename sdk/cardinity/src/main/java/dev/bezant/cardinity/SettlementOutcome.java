package dev.bezant.cardinity;

/** What Cardinity said about a settlement. */
public sealed interface SettlementOutcome {
    Settlement settlement();

    record Approved(Settlement settlement) implements SettlementOutcome {}

    /** Not decided yet: ask again until it is. */
    record Processing(Settlement settlement) implements SettlementOutcome {}

    /** Refused; no money moved. */
    record Declined(Settlement settlement, Decline decline) implements SettlementOutcome {}

    /** A word, or a combination, that this version does not know: neither approved nor declined. Treat it as not yet known. */
    record Unrecognized(Settlement settlement) implements SettlementOutcome {}

    static SettlementOutcome of(Settlement settlement) {
        return switch (settlement.status()) {
            case APPROVED -> new Approved(settlement);
            case DECLINED -> new Declined(settlement, settlement.decline() == null ? new Decline(null, null, null) : settlement.decline());
            case PENDING, PROCESSING -> new Processing(settlement);
            case INITIATED, UNRECOGNIZED -> new Unrecognized(settlement);
        };
    }
}
