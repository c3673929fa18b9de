package dev.bezant.corefy;

/** What an invoice says about a refund's reference. */
public sealed interface RefundLookup {
    record Found(Refund refund) implements RefundLookup {}

    /** The invoice tells its refunds, and this is not among them at this moment. A request that is still on its way can change that. */
    record Absent() implements RefundLookup {}

    /** The invoice does not tell its refunds, or not by reference: nothing follows. */
    record NotTold() implements RefundLookup {}
}
