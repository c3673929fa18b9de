/**
 * How the API's objects look to whoever asks: our own shapes, or those that client libraries of Stripe need, by version. Features
 * render native shapes and know nothing of this. Entry point: {@link dev.bezant.server.dialect.Shapes}.
 */
@NullMarked
package dev.bezant.server.dialect;

import org.jspecify.annotations.NullMarked;
