package dev.bezant.corefy;

import org.jspecify.annotations.Nullable;

/** What the Card Gate said to a card. Exactly one of these, never a guess. The invoice tells the same, and later more. */
public sealed interface SaleOutcome {
    /** Paid. The amount, the token and the acquirer's references are in the invoice. */
    record Paid() implements SaleOutcome {}

    /** The payer must authenticate. */
    record ChallengeRequired(Challenge challenge) implements SaleOutcome {}

    /** Not decided yet, and nothing for the payer to do: read the invoice until it is. */
    record Pending() implements SaleOutcome {}

    /** Refused; no money moved. The invoice is spent: another card needs another one. */
    record Declined(Decline decline) implements SaleOutcome {}

    /** A word that this version does not know: neither paid nor refused. Read the invoice. */
    record Unrecognized(@Nullable String rawStatus) implements SaleOutcome {}
}
