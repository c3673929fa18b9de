/**
 * Money, currencies, ids, secrets, outcomes and decline codes: the words that every other package speaks. Knows nothing else.
 */
@NullMarked
package dev.bezant.server.kernel;

import org.jspecify.annotations.NullMarked;
