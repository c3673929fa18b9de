/**
 * Tells merchants' programs of events: endpoints that are called, listeners that fetch, the deliveries to both and every try of
 * them. Entry point: {@link dev.bezant.server.webhook.WebhookFeature}. It finds its work in the events that are marked as not
 * handed on yet, and must not know what they tell of.
 */
@NullMarked
package dev.bezant.server.webhook;

import org.jspecify.annotations.NullMarked;
