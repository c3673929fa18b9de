/**
 * Programs of others against ours: the clients that vendors publish, unmodified, and a real browser. What they take for the real service
 * is a process of ours, started from its jar. A suite of another client for Node.js is a folder beside
 * {@code src/test/node/worldline-direct} and a test of a few lines; see {@link dev.bezant.interop.NodeSuite}. Stripe's clients share one
 * server and must make the same calls; see {@link dev.bezant.interop.StripeClientsTest}. Knows no class of ours.
 */
@NullMarked
package dev.bezant.interop;

import org.jspecify.annotations.NullMarked;
