package dev.bezant.sandbox.worldlinedirect;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame in which a payer types a card.
 *
 * @param page the secret part of its address
 * @param known usable tokens that the payer may choose from
 * @param products the card products that are taken; empty for all
 * @param tokenId null before the payer has given a card
 * @param tokenStatus CREATED, UPDATED or UNCHANGED
 */
record HostedTokenization(String id, String merchantId, String page, String locale, boolean askConsent, List<String> known,
        List<Integer> products, Instant created, @Nullable String tokenId, @Nullable String tokenStatus) {

    HostedTokenization filled(String token, String status) {
        return new HostedTokenization(id, merchantId, page, locale, askConsent, known, products, created, token, status);
    }
}
