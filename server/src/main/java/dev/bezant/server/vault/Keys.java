package dev.bezant.server.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One state of the vault's keys; immutable.
 *
 * @param handle the AES-256-GCM keys; the primary one encrypts, all decrypt
 * @param root what the keyed hashes derive from; never rotated
 * @param retired since when a key is no longer the primary one
 */
record Keys(KeysetHandle handle, byte[] root, Macs macs, Aead aead, Map<Long, Instant> retired) {
    /** Tink's prefix of a ciphertext: one byte of version, four of key id. */
    static final int PREFIX_BYTES = 5;

    private static final byte TINK_VERSION = 1;

    static {
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static Keys of(KeysetHandle handle, byte[] root, Map<Long, Instant> retired) throws GeneralSecurityException {
        return new Keys(handle, root, new Macs(root), handle.getPrimitive(RegistryConfiguration.get(), Aead.class), Map.copyOf(retired));
    }

    static Keys generate() throws GeneralSecurityException {
        byte[] root = new byte[Macs.ROOT_BYTES];
        new SecureRandom().nextBytes(root);
        return of(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()), root, Map.of());
    }

    /** With a fresh primary key; the former one is retired now. */
    Keys withNewPrimary(Instant now) throws GeneralSecurityException {
        var since = new HashMap<>(retired);
        since.put(primary(), now);
        KeysetHandle.Builder.Entry fresh = KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM);
        return of(KeysetHandle.newBuilder(handle).addEntry(fresh.withRandomId().makePrimary()).build(), root, since);
    }

    Keys without(long keyId) throws GeneralSecurityException {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
        for (int i = 0; i < handle.size(); i++) {
            if (Integer.toUnsignedLong(handle.getAt(i).getId()) == keyId) {
                var since = new HashMap<>(retired);
                since.remove(keyId);
                return of(builder.deleteAt(i).build(), root, since);
            }
        }
        return this;
    }

    long primary() {
        return Integer.toUnsignedLong(handle.getPrimary().getId());
    }

    boolean has(long keyId) {
        return keyId == primary() || others().contains(keyId);
    }

    /** Every key but the primary one. */
    List<Long> others() {
        var ids = new ArrayList<Long>();
        for (int i = 0; i < handle.size(); i++) {
            if (!handle.getAt(i).isPrimary()) {
                ids.add(Integer.toUnsignedLong(handle.getAt(i).getId()));
            }
        }
        return ids;
    }

    /** How everything begins that a key encrypted. */
    static byte[] prefix(long keyId) {
        return ByteBuffer.allocate(PREFIX_BYTES).put(TINK_VERSION).putInt((int) keyId).array();
    }

    /**
     * Which key encrypted something.
     *
     * @throws VaultException if the bytes are not a ciphertext of Tink
     */
    static long keyId(byte[] ciphertext) {
        if (ciphertext.length < PREFIX_BYTES || ciphertext[0] != TINK_VERSION) {
            throw new VaultException("Not a ciphertext of the vault: " + ciphertext.length + " bytes", null);
        }
        return Integer.toUnsignedLong(ByteBuffer.wrap(ciphertext, 1, 4).getInt());
    }

    @Override
    public String toString() {
        return "Keys[primary " + primary() + ", others " + others() + "]";
    }
}
