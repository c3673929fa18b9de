/**
 * Worldline Direct, simulated: its REST API under {@code /v2/{merchantId}} signed with v1HMAC, the client API of its browser SDK, its
 * hosted checkout, hosted tokenization, payment links and the issuers' and banks' pages. Entry point:
 * {@link dev.bezant.sandbox.worldlinedirect.WorldlineDirectProvider}. The facts are in {@code docs/protocols/worldline-direct.md}; numbers
 * of sections in this package mean that page. Peculiar to this provider: money is whole minor units, a decline is HTTP 402 around a
 * rejected payment, requests that move money may carry an idempotence key, nothing is found by the merchant's reference, and after a
 * challenge the payment goes on by itself.
 */
@NullMarked
package dev.bezant.sandbox.worldlinedirect;

import org.jspecify.annotations.NullMarked;
