/**
 * The test cards that every simulated provider knows, and what the simulated issuer does with them. Entry point:
 * {@link dev.bezant.sandbox.card.TestCard}. Knows no provider: each says the same in its own words.
 */
@NullMarked
package dev.bezant.sandbox.card;

import org.jspecify.annotations.NullMarked;
