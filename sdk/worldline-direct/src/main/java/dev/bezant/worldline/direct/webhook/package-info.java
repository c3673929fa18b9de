/**
 * Reads webhooks: {@link dev.bezant.worldline.direct.webhook.Webhooks} checks the signature and the version, and gives a typed event; {@link
 * dev.bezant.worldline.direct.webhook.SeenWebhooks} tells repetitions. Sends nothing and needs no client.
 */
@NullMarked
package dev.bezant.worldline.direct.webhook;

import org.jspecify.annotations.NullMarked;
