package dev.bezant.corefy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One currency account of the commerce account. Amounts in major units; null when not told.
 *
 * @param accountId {@code comca_...}
 * @param active what can be paid out and refunded
 */
public record Balance(
        String currency,
        @Nullable String accountId,
        @Nullable BigDecimal active,
        @Nullable BigDecimal pending,
        @Nullable BigDecimal reserved,
        @Nullable BigDecimal overdraftLimit,
        @Nullable BigDecimal lowerLimit) {}
