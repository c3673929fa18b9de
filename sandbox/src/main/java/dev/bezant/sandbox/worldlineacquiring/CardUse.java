package dev.bezant.sandbox.worldlineacquiring;

import org.jspecify.annotations.Nullable;

/**
 * A card in a request, and how it is used (section 2.4).
 *
 * @param present whether a terminal read it
 * @param withSecurityCode whether the card's code came too
 * @param withAddress whether an address came to be compared
 * @param authenticated whether the payer was authenticated, by 3-D Secure or at the terminal
 * @param payerAbsent whether the merchant acts alone, with a kept card
 * @param pin what was entered at the terminal
 * @param isRetry whether a repetition of the operation's id is meant
 */
record CardUse(CardFacts card, @Nullable String verificationMethod, boolean present, boolean withSecurityCode, boolean withAddress,
        boolean authenticated, boolean payerAbsent, boolean captureImmediately, boolean allowPartialApproval, Pin pin, boolean isRetry) {
    enum Pin { NONE, RIGHT, WRONG }
}
