/**
 * Who uses the platform: accounts, their API keys, and the provider accounts they pay through. Entry points:
 * {@link dev.bezant.server.account.Accounts}, {@link dev.bezant.server.account.ApiKeys} and
 * {@link dev.bezant.server.account.StoredProviderAccounts}. Knows nothing of payments, nor how credentials are encrypted.
 */
@NullMarked
package dev.bezant.server.account;

import org.jspecify.annotations.NullMarked;
