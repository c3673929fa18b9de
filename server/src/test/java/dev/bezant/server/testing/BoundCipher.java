package dev.bezant.server.testing;

import dev.bezant.server.account.CredentialsCipher;
import dev.bezant.server.kernel.Secret;
import java.nio.charset.StandardCharsets;

/** A cipher for tests without a vault: flips bits, and opens only in the row it was made for. */
public final class BoundCipher implements CredentialsCipher {
    @Override
    public byte[] encrypt(String accountId, String providerAccountId, String json) {
        return flip((accountId + '|' + providerAccountId + '|' + json).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Secret decrypt(String accountId, String providerAccountId, byte[] ciphertext) {
        String text = new String(flip(ciphertext), StandardCharsets.UTF_8);
        String row = accountId + '|' + providerAccountId + '|';
        if (!text.startsWith(row)) {
            throw new IllegalArgumentException("The ciphertext belongs to another row");
        }
        return Secret.of(text.substring(row.length()));
    }

    private static byte[] flip(byte[] bytes) {
        byte[] flipped = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            flipped[i] = (byte) ~bytes[i];
        }
        return flipped;
    }
}
