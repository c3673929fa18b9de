/**
 * Who changed what of keys, accounts, provider accounts and webhook endpoints: written in the transaction of the change, never
 * changed, never deleted. Entry point: {@link dev.bezant.server.audit.Audit}. Knows nothing of what it records.
 */
@NullMarked
package dev.bezant.server.audit;

import org.jspecify.annotations.NullMarked;
