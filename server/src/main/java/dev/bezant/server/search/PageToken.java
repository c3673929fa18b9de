package dev.bezant.server.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** Where a search goes on: sealed, so that it fits no other query, account or mode, and nobody reads anything into it. */
final class PageToken {
    private static final int SEAL_BYTES = 16;

    private final Function<String, byte[]> mac;

    /** @param mac a keyed hash of a text, at least 16 bytes */
    PageToken(Function<String, byte[]> mac) {
        this.mac = mac;
    }

    /** @param search what the token is for, in one text */
    String seal(String search, String cursor) {
        byte[] id = cursor.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(sealOf(search, cursor), SEAL_BYTES + id.length);
        System.arraycopy(id, 0, sealed, SEAL_BYTES, id.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Empty if it is no token of this search. */
    Optional<String> open(String search, String token) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(token);
            if (sealed.length <= SEAL_BYTES) {
                return Optional.empty();
            }
            String cursor = new String(sealed, SEAL_BYTES, sealed.length - SEAL_BYTES, StandardCharsets.UTF_8);
            return MessageDigest.isEqual(Arrays.copyOf(sealed, SEAL_BYTES), sealOf(search, cursor)) ? Optional.of(cursor) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] sealOf(String search, String cursor) {
        return Arrays.copyOf(mac.apply("search|" + search.length() + "|" + search + "|" + cursor), SEAL_BYTES);
    }
}
