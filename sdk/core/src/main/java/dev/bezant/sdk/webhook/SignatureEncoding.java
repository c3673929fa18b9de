package dev.bezant.sdk.webhook;

import java.util.Base64;
import java.util.HexFormat;

/** How a provider writes a signature. */
public enum SignatureEncoding {
    HEX {
        @Override
        byte[] decode(String text) {
            return HexFormat.of().parseHex(text);
        }
    },
    BASE64 {
        @Override
        byte[] decode(String text) {
            return Base64.getDecoder().decode(text);
        }
    };

    /** @throws IllegalArgumentException for anything else */
    abstract byte[] decode(String text);
}
