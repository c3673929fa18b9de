/**
 * What came in and went out: balance transactions and their sums, read off charges, captures, refunds and the few movements that have rows
 * of their own ({@link dev.bezant.server.balance.BalanceEntries}). Nothing is written for a payment. Entry point:
 * {@link dev.bezant.server.balance.BalanceFeature}. Reads the tables of other features, and knows none of their types.
 */
@NullMarked
package dev.bezant.server.balance;

import org.jspecify.annotations.NullMarked;
