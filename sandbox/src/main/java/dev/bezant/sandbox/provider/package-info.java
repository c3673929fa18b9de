/**
 * What a simulated provider must be able to do ({@link dev.bezant.sandbox.provider.Provider}), and the machinery around each of them
 * that is the same for all: faults, the log of requests, webhooks. Knows no particular provider.
 */
@NullMarked
package dev.bezant.sandbox.provider;

import org.jspecify.annotations.NullMarked;
