/**
 * A simulated Corefy: the Commerce API, the Card Gate, the hosted page and the issuer's pages, and beside them the payment-intents
 * dialect. The facts are in {@code docs/protocols/corefy.md}, whose sections the code names; where they end, the simulator chooses and the
 * page says so. Entry point: {@link dev.bezant.sandbox.corefy.CorefyProvider}. Knows no other provider.
 */
@NullMarked
package dev.bezant.sandbox.corefy;

import org.jspecify.annotations.NullMarked;
