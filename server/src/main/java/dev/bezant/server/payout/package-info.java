/**
 * Payouts: money sent to a card, once. Entry point: {@link dev.bezant.server.payout.PayoutFeature}. They go the way of payments: a row is committed
 * before anything is sent, the outcome in a guarded commit after it, and what is not known is settled by this package's own job. It knows no
 * provider; who can pay out is told by the ability {@link dev.bezant.server.connector.PaysOut}.
 */
@NullMarked
package dev.bezant.server.payout;

import org.jspecify.annotations.NullMarked;
