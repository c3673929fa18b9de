package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the hosted page reported, after its signature was verified. Compare it with your own order ({@link #isFor}), confirm with
 * {@code payments().get(paymentId)}, and expect it twice: by browser and by server, in any order.
 *
 * @param created null when it was not sent
 */
public record HostedReturn(
        String paymentId, BigDecimal amount, String currency, String orderId, String rawStatus, boolean live, @Nullable Instant created) {
    public Status status() {
        return Status.of(rawStatus);
    }

    public boolean isFor(String order, BigDecimal expectedAmount, String expectedCurrency) {
        return orderId.equals(order) && amount.compareTo(expectedAmount) == 0 && currency.equals(expectedCurrency);
    }
}
