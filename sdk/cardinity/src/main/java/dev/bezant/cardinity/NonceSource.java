package dev.bezant.cardinity;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes the {@code oauth_nonce} of each request: never the same twice under one time stamp. */
@FunctionalInterface
public interface NonceSource {
    String next();

    /** 128 random bits in hexadecimal. */
    static NonceSource random() {
        var random = new SecureRandom();
        return () -> {
            var bytes = new byte[16];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        };
    }
}
