/**
 * What all simulated providers share: the clock, the accounts, the truth ledger, the faults, the log of requests, the journal that makes
 * it all survive a restart, and the sender of webhooks. Entry point: {@link dev.bezant.sandbox.world.World}. Knows no provider.
 */
@NullMarked
package dev.bezant.sandbox.world;

import org.jspecify.annotations.NullMarked;
