/**
 * Worldline Acquiring, simulated: its authorization server's token endpoint, and the API under {@code /processing}, {@code /services} and
 * {@code /dispute-management}. Entry point: {@link dev.bezant.sandbox.worldlineacquiring.WorldlineAcquiringProvider}. The facts are in
 * {@code docs/protocols/worldline-acquiring.md}; numbers of sections in this package mean that page. Peculiar to this provider: a decline is a
 * success that says so, nothing is found by the merchant's reference, every operation has an id of the merchant's own, by which repetitions are
 * known and a whole operation can be taken back; there are no pages and no webhooks.
 */
@NullMarked
package dev.bezant.sandbox.worldlineacquiring;

import org.jspecify.annotations.NullMarked;
