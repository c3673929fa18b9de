package dev.bezant.server.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/** A master key in a file of its own: 32 random bytes in base64, made at the first start, readable by its owner alone. */
final class FileMasterKey implements MasterKey {
    private static final int KEY_BYTES = 32;

    private final Path file;

    FileMasterKey(Path file) {
        this.file = file;
    }

    @Override
    public Aead open(boolean keysetExists) {
        try {
            if (!Files.exists(file)) {
                if (keysetExists) {
                    throw new VaultException("The vault's keyset is there but its key file " + file
                            + " is not. Without that file no stored card can be read: restore it from your backup.", null);
                }
                byte[] fresh = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(fresh);
                PrivateFiles.replace(file, Base64.getEncoder().encode(fresh));
            }
            byte[] key = Base64.getDecoder().decode(Files.readString(file).trim());
            if (key.length != KEY_BYTES) {
                throw new VaultException("The vault's key file " + file + " holds " + key.length + " bytes, expected " + KEY_BYTES
                        + " in base64. Restore it from your backup.", null);
            }
            return new AesGcmJce(key);
        } catch (IllegalArgumentException e) {
            throw new VaultException("The vault's key file " + file + " is not base64. Restore it from your backup.", null);
        } catch (IOException | GeneralSecurityException e) {
            throw new VaultException("The vault's key file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }
}
