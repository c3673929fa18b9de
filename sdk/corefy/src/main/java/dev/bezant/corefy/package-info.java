/**
 * The Corefy client: payment invoices, cards from server to server with 3-D Secure, saved cards, refunds, payouts, services and callbacks. Entry
 * points: {@link dev.bezant.corefy.CorefyClient} for the Commerce API, which Corefy and its white labels speak, and
 * {@link dev.bezant.corefy.CorefyIntentsClient} for the payment-intents dialect; {@link dev.bezant.corefy.Corefy} opens whichever the settings
 * name. What Corefy says is an outcome; exceptions are for calls that got no usable answer. The wire facts come from docs/protocols/corefy.md.
 * Knows {@code dev.bezant.sdk} and nothing of any server.
 */
@NullMarked
package dev.bezant.corefy;

import org.jspecify.annotations.NullMarked;
