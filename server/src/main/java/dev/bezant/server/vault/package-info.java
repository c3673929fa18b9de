/**
 * The only place where a card number is readable. Entry points: {@link dev.bezant.server.vault.Vault} seals and opens,
 * {@link dev.bezant.server.vault.VaultRotation} changes keys while payments go on, {@link dev.bezant.server.vault.Brands} reads the
 * brand off a number. Knows the tables {@code vault_card} and {@code vault_cvc} (and, to rotate them, the provider accounts'
 * encrypted credentials), nothing of payments or methods.
 */
@NullMarked
package dev.bezant.server.vault;

import org.jspecify.annotations.NullMarked;
