package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A page of Cardinity's where somebody pays.
 *
 * @param url to give to the payer
 * @param expirationDate null when Cardinity's own default holds
 */
public record PaymentLink(
        String id,
        URI url,
        BigDecimal amount,
        String currency,
        @Nullable String country,
        @Nullable String description,
        @Nullable Instant expirationDate,
        boolean multipleUse,
        boolean enabled,
        boolean deleted) {}
