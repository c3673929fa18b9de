package dev.bezant.server.payment;

import java.time.Duration;

/**
 * @param publicUrl where payers' browsers reach our pages; no trailing slash
 * @param sendWindow how long after the first commit a request may still be sent
 * @param providerTimeout how long an answer is waited for; after sendWindow + providerTimeout nobody waits any more
 * @param actionExpiry how long a payer has for a challenge
 * @param authorizationExpiry how long an authorization waits for its capture; then it is released
 */
public record PaymentSettings(
        String publicUrl, Duration sendWindow, Duration providerTimeout, Duration actionExpiry, Duration authorizationExpiry) {
    public static PaymentSettings of(String publicUrl) {
        return new PaymentSettings(publicUrl, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofDays(7));
    }

    /** When the sender has certainly stopped: nobody settles absence before. */
    public Duration giveUp() {
        return sendWindow.plus(providerTimeout).plusSeconds(1);
    }
}
