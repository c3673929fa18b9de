/**
 * Cardinity, simulated: its REST API under {@code /v1} with OAuth 1.0a, its 3-D Secure pages, hosted page and payment links.
 * Entry point: {@link dev.bezant.sandbox.cardinity.CardinityProvider}. The facts are in {@code docs/protocols/cardinity.md}; numbers of
 * sections in this package mean that page. Peculiar to this provider: money is a decimal string with two decimals, a decline is HTTP
 * 402 with the resource as its body, and nothing is idempotent.
 */
@NullMarked
package dev.bezant.sandbox.cardinity;

import org.jspecify.annotations.NullMarked;
