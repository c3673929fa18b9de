/**
 * How many webhooks a server delivers, and how fast: a server of its own, receivers in this process, events by way of the API.
 * Entry point: {@link dev.bezant.bench.webhooks.WebhookBench}.
 */
@NullMarked
package dev.bezant.bench.webhooks;

import org.jspecify.annotations.NullMarked;
