package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment as Cardinity tells it (docs/protocols/cardinity.md, section 2.3).
 *
 * @param type {@code authorization} or {@code purchase}
 * @param rawStatus the word received; {@link #status()} reads it
 * @param paymentMethod {@code card}, also for recurring payments
 * @param decline present exactly when declined
 * @param threeDs2 where the payer must be sent, 3-D Secure v2
 * @param threeDs1 the same for v1; where both are there, v1 is the fallback to follow
 */
public record Payment(
        String id,
        BigDecimal amount,
        String currency,
        Instant created,
        @Nullable String type,
        boolean live,
        String rawStatus,
        @Nullable String orderId,
        @Nullable String description,
        @Nullable String country,
        @Nullable String paymentMethod,
        @Nullable Instrument instrument,
        @Nullable Decline decline,
        @Nullable ThreeDs2Challenge threeDs2,
        @Nullable ThreeDs1Challenge threeDs1) {

    public Status status() {
        return Status.of(rawStatus);
    }

    public boolean isAuthorization() {
        return "authorization".equals(type);
    }

    public Optional<Instrument> card() {
        return Optional.ofNullable(instrument);
    }

    /**
     * The card as Cardinity shows it.
     *
     * @param lastFour the last digits of the number
     * @param paymentId of the payment whose card was reused, where told
     */
    public record Instrument(
            @Nullable String brand,
            @Nullable String lastFour,
            @Nullable Integer expiryYear,
            @Nullable Integer expiryMonth,
            @Nullable String holder,
            @Nullable String paymentId) {
        @Override
        public String toString() {
            return "Instrument[" + brand + " " + lastFour + "]";
        }
    }

    /**
     * A challenge by 3-D Secure v2.
     *
     * @param creq opaque, posted exactly as it is
     */
    public record ThreeDs2Challenge(URI acsUrl, String creq) {
        @Override
        public String toString() {
            return "ThreeDs2Challenge[" + acsUrl.getHost() + "]";
        }
    }

    /**
     * A challenge by 3-D Secure v1.
     *
     * @param data the PaReq, opaque, posted exactly as it is
     */
    public record ThreeDs1Challenge(URI url, String data) {
        @Override
        public String toString() {
            return "ThreeDs1Challenge[" + url.getHost() + "]";
        }
    }
}
