/**
 * Cardinity: OAuth 1.0a, decimal amounts, no idempotency keys, no webhooks on its API. Its protocol is described in docs/protocols/cardinity.md. What becomes unknown is found again by our reference in {@code order_id} (payments) or {@code description} (their children).
 */
@NullMarked
package dev.bezant.server.connector.cardinity;

import org.jspecify.annotations.NullMarked;
