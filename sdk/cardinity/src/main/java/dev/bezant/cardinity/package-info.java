/**
 * The Cardinity client: payments, 3-D Secure, settlements, voids, refunds, chargebacks, payment links, the hosted page and webhooks. Entry point:
 * {@link dev.bezant.cardinity.CardinityClient}. What Cardinity says is an outcome; exceptions are for calls that got no usable answer. The wire
 * facts come from docs/protocols/cardinity.md. Knows {@code dev.bezant.sdk} and nothing of any server.
 */
@NullMarked
package dev.bezant.cardinity;

import org.jspecify.annotations.NullMarked;
