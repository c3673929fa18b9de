package dev.bezant.sandbox.worldlinedirect;

import org.jspecify.annotations.Nullable;

/** What came of 3-D Secure; the values of {@code threeDSecureResults} (section 2.3). */
enum Authentication {
    NONE(null, null, null, null, null),
    /** The payer is at the issuer's page. */
    PENDING("C", "challenge", null, null, null),
    FRICTIONLESS("Y", "frictionless", "5", "05", "issuer"),
    CHALLENGED("Y", "challenge", "5", "05", "issuer"),
    /** Done by the merchant elsewhere. */
    EXTERNAL("Y", null, "5", "05", "issuer"),
    /** The card is not enrolled; the attempt counts. */
    ATTEMPTED("A", "frictionless", "6", "06", "issuer"),
    UNAVAILABLE("U", "frictionless", "7", "07", "merchant"),
    FAILED("N", "challenge", "91", "91", "merchant");

    private final @Nullable String status;
    private final @Nullable String flow;
    private final @Nullable String eci;
    private final @Nullable String schemeEci;
    private final @Nullable String liability;

    Authentication(@Nullable String status, @Nullable String flow, @Nullable String eci, @Nullable String schemeEci,
            @Nullable String liability) {
        this.status = status;
        this.flow = flow;
        this.eci = eci;
        this.schemeEci = schemeEci;
        this.liability = liability;
    }

    @Nullable String status() {
        return status;
    }

    @Nullable String flow() {
        return flow;
    }

    @Nullable String eci() {
        return eci;
    }

    @Nullable String schemeEci() {
        return schemeEci;
    }

    @Nullable String liability() {
        return liability;
    }
}
