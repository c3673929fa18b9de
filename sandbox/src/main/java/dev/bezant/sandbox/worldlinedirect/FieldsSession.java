package dev.bezant.sandbox.worldlinedirect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session of hosted fields.
 *
 * @param page the session's token, by which the browser names it
 * @param tokenId null before the payer has given a card
 */
record FieldsSession(String id, String merchantId, String page, Instant created, @Nullable String tokenId) {

    FieldsSession filled(String token) {
        return new FieldsSession(id, merchantId, page, created, token);
    }
}
