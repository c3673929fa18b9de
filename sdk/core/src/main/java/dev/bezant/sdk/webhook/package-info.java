/**
 * Checks that a webhook is genuine: HMAC over the raw bytes, constant-time comparison, and several active
 * secrets per key id. Entry point: {@link dev.bezant.sdk.webhook.WebhooksHelper}. Knows no provider and sends nothing.
 */
@NullMarked
package dev.bezant.sdk.webhook;

import org.jspecify.annotations.NullMarked;
