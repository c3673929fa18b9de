/**
 * A Java client of Bezant itself: the Corefy integration API as a service object, one method per call. Entry point:
 * {@link dev.bezant.client.CorefyIntegration}. What became of a payment is an outcome; exceptions are for calls that got no usable answer. The wire
 * facts are those of docs/protocols/corefy-integration-api.md. Knows {@code dev.bezant.sdk} and nothing of the server.
 */
@NullMarked
package dev.bezant.client;

import org.jspecify.annotations.NullMarked;
