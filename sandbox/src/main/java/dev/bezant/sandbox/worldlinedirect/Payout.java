package dev.bezant.sandbox.worldlinedirect;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Money sent to a card.
 *
 * @param id the decimal base; on the wire with {@code _0} behind it
 * @param dueAt when a pending one is paid
 */
record Payout(String id, String merchantId, String account, Money money, @Nullable String reason, References references, CardFacts card,
        Instant created, Stage stage, @Nullable Decline decline, @Nullable Instant dueAt, List<String> webhookUrls) {

    enum Stage { PENDING, CREDITED, REJECTED }

    String wireId() {
        return id + "_0";
    }

    Payout ended(boolean approved) {
        return new Payout(id, merchantId, account, money, reason, references, card, created, approved ? Stage.CREDITED : Stage.REJECTED,
                approved ? null : Decline.ISSUER_REJECTED, null, webhookUrls);
    }

    Standing standing() {
        return switch (stage) {
            case PENDING -> Standing.of("PAYOUT_REQUESTED", Standing.WAITING, 81, false, false, false);
            case CREDITED -> Standing.of("ACCOUNT_CREDITED", Standing.REFUNDED, 8, false, false, false);
            case REJECTED -> Standing.of("REJECTED_CREDIT", Standing.UNSUCCESSFUL, 83, false, false, false);
        };
    }
}
