package dev.bezant.server.vault;

import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Seals and opens card numbers, CVCs, provider credentials and other texts that are secret. Thread-safe.
 *
 * <p>Card numbers and texts are encrypted with AES-256-GCM under a keyset that {@link VaultRotation} rotates; the keyset is a
 * file wrapped by a {@link MasterKey}. What a ciphertext belongs to (account, mode, card) is bound to it, so that a row copied
 * elsewhere does not open. CVCs have keys of their own that are destroyed within the hour.
 *
 * <p>Losing the directory is losing every stored card: back it up, apart from the database.
 */
public final class Vault {
    private final KeysetFile keyset;
    private final CvcKeys cvcKeys;
    private final Clock clock;
    private final Ids ids;

    private Vault(KeysetFile keyset, CvcKeys cvcKeys, Clock clock, Ids ids) {
        this.keyset = keyset;
        this.cvcKeys = cvcKeys;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Opens the vault of a directory with the master key that lies beside it; both are made at the first start.
     *
     * @param directory {@code DATA/vault}; nodes of one installation share it
     * @throws VaultException if the key files are damaged or do not belong together
     */
    public static Vault open(Path directory, Clock clock, Ids ids) {
        return open(directory, new FileMasterKey(directory.resolve("key")), clock, ids);
    }

    /** Opens the vault of a directory with a master key from elsewhere. */
    public static Vault open(Path directory, MasterKey masterKey, Clock clock, Ids ids) {
        return new Vault(KeysetFile.open(directory, masterKey), new CvcKeys(directory.resolve("cvc"), clock, ids), clock, ids);
    }

    /** Encrypts a card number for a row of its own; no input or output but that of memory. */
    public SealedCard seal(String accountId, boolean livemode, Secret pan) {
        Keys keys = keyset.current();
        String id = ids.next("card");
        return new SealedCard(
                id,
                encrypt(keys, pan.reveal(), AssociatedData.card(accountId, livemode, id)),
                keys.primary(),
                keyset.macs().fingerprint(accountId, livemode, pan.reveal()));
    }

    /** Encrypts a card number and inserts its row. */
    public StoredCard store(Session tx, String accountId, boolean livemode, Secret pan) {
        SealedCard sealed = seal(accountId, livemode, pan);
        tx.sql("""
                insert into vault_card (account_id, id, livemode, pan, key_id, fingerprint, created_at)
                values (:account, :id, :livemode, :pan, :key, :fingerprint, :now)
                """)
                .bind("account", accountId)
                .bind("id", sealed.id())
                .bind("livemode", livemode)
                .bind("pan", sealed.pan())
                .bind("key", sealed.keyId())
                .bind("fingerprint", sealed.fingerprint())
                .bind("now", clock.instant())
                .update();
        return new StoredCard(sealed.id(), sealed.fingerprint());
    }

    /**
     * Opens a card number that the caller has read from {@code vault_card.pan}.
     *
     * @throws VaultException if the bytes are not that card's of that account and mode, or their key is not in the keyset
     */
    public Secret open(String accountId, boolean livemode, String cardId, byte[] pan) {
        return decrypt(pan, AssociatedData.card(accountId, livemode, cardId), "card " + cardId);
    }

    /** What {@link #seal} would give as the fingerprint. */
    public String fingerprint(String accountId, boolean livemode, Secret pan) {
        return keyset.macs().fingerprint(accountId, livemode, pan.reveal());
    }

    /** Encrypts a CVC under the short-lived key of the moment. */
    public SealedCvc sealCvc(String accountId, String cardId, Secret cvc) {
        CvcKeys.Key key = cvcKeys.encrypting();
        Instant expiresAt = Instant.ofEpochSecond(clock.instant().plus(CvcKeys.USABLE_FOR).getEpochSecond());
        byte[] text = cvc.reveal().getBytes(StandardCharsets.UTF_8);
        // The end of its life is sealed in with it: changing the row does not lengthen it.
        byte[] content = ByteBuffer.allocate(Long.BYTES + text.length).putLong(expiresAt.getEpochSecond()).put(text).array();
        try {
            return new SealedCvc(key.aead().encrypt(content, AssociatedData.cvc(accountId, cardId, key.id())), key.id(), expiresAt);
        } catch (GeneralSecurityException e) {
            throw new VaultException("A CVC could not be encrypted", e);
        }
    }

    /** Encrypts a CVC and inserts its row; a card has at most one. */
    public void storeCvc(Session tx, String accountId, String cardId, Secret cvc) {
        SealedCvc sealed = sealCvc(accountId, cardId, cvc);
        tx.sql("""
                insert into vault_cvc (account_id, card_id, cvc, key_id, expires_at)
                values (:account, :card, :cvc, :key, :expires)
                """)
                .bind("account", accountId)
                .bind("card", cardId)
                .bind("cvc", sealed.cvc())
                .bind("key", sealed.keyId())
                .bind("expires", sealed.expiresAt())
                .update();
    }

    /**
     * Opens a CVC whose row the caller has taken ({@code delete from vault_cvc ... returning cvc, key_id}).
     *
     * @return empty if 30 minutes have passed or its key has been destroyed
     * @throws VaultException if the bytes are not that card's
     */
    public Optional<Secret> openCvc(String accountId, String cardId, byte[] cvc, String keyId) {
        return cvcKeys.find(keyId).flatMap(key -> {
            try {
                ByteBuffer content = ByteBuffer.wrap(key.aead().decrypt(cvc, AssociatedData.cvc(accountId, cardId, keyId)));
                Instant expiresAt = Instant.ofEpochSecond(content.getLong());
                return clock.instant().isBefore(expiresAt)
                        ? Optional.of(Secret.of(StandardCharsets.UTF_8.decode(content).toString()))
                        : Optional.empty();
            } catch (GeneralSecurityException e) {
                throw new VaultException("The CVC of card " + cardId + " does not open: it belongs to another card or was altered", e);
            }
        });
    }

    /** What {@link #expire} did. */
    public record Expired(int rows, int keys) {}

    /** Forgets every CVC past its time, rows and keys; run it every minute. Safe from several nodes at once. */
    public Expired expire(Session session) {
        // Keys first: they must go even while the database cannot be reached.
        int keys = cvcKeys.destroyOverdue();
        int rows = session.sql("delete from vault_cvc where expires_at <= :now").bind("now", clock.instant()).update();
        return new Expired(rows, keys);
    }

    /** A keyed hash of a request's parameters, 32 bytes; the same on every node and after every rotation. */
    public byte[] requestFingerprint(String canonical) {
        return keyset.macs().request(canonical);
    }

    /**
     * Encrypts a text for its column.
     *
     * @param id of the row, within the account
     */
    public byte[] encryptText(SealedText kind, String accountId, String id, String text) {
        return encrypt(keyset.current(), text, AssociatedData.text(kind, accountId, id));
    }

    /**
     * Opens what {@link #encryptText} gave.
     *
     * @throws VaultException if it belongs to another row, account or column
     */
    public Secret decryptText(SealedText kind, String accountId, String id, byte[] text) {
        return decrypt(text, AssociatedData.text(kind, accountId, id), kind.word() + " of " + id);
    }

    KeysetFile keyset() {
        return keyset;
    }

    byte[] encryptCard(Keys keys, String accountId, boolean livemode, String cardId, Secret pan) {
        return encrypt(keys, pan.reveal(), AssociatedData.card(accountId, livemode, cardId));
    }

    private static byte[] encrypt(Keys keys, String text, byte[] belongsTo) {
        try {
            return keys.aead().encrypt(text.getBytes(StandardCharsets.UTF_8), belongsTo);
        } catch (GeneralSecurityException e) {
            throw new VaultException("The vault could not encrypt", e);
        }
    }

    private Secret decrypt(byte[] ciphertext, byte[] belongsTo, String what) {
        try {
            Keys keys = keyset.having(Keys.keyId(ciphertext));
            return Secret.of(new String(keys.aead().decrypt(ciphertext, belongsTo), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new VaultException("The " + what + " does not open: it belongs to another account, mode or row, or was altered", e);
        }
    }
}
