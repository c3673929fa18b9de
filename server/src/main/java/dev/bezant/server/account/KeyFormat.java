package dev.bezant.server.account;

import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How a key is written: {@code sk_test_} and its siblings, then random base62 text.
 *
 * <p>The prefix is matched whole and from the start: random text may contain "live".
 *
 * @see "docs/protocols/payments-api.md, section 1.8"
 */
final class KeyFormat {
    /** 32 base62 characters are 190 random bits. */
    private static final int SECRET_CHARS = 32;
    /** Longer text is no key of ours, and not worth hashing. */
    private static final int LENGTH_MAX = 255;
    private static final int LAST_CHARS = 4;
    private static final int PUBLIC_CHARS = 16;

    private KeyFormat() {}

    static Secret next(Ids ids, KeyKind kind, Mode mode) {
        return Secret.of(prefix(kind, mode) + ids.secret(SECRET_CHARS));
    }

    /** The public half of a pair: {@code pk_acme_...}. */
    static String publicKey(Ids ids, String code) {
        return "pk_" + code + "_" + ids.secret(PUBLIC_CHARS);
    }

    /** Whose public half it is: {@code acme} of {@code pk_acme_...}. */
    static String code(String publicKey) {
        return publicKey.substring(3, publicKey.length() - PUBLIC_CHARS - 1);
    }

    static boolean known(Secret key) {
        if (key.length() > LENGTH_MAX) {
            return false;
        }
        for (KeyKind kind : KeyKind.values()) {
            for (Mode mode : Mode.values()) {
                if (key.reveal().startsWith(prefix(kind, mode))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What is stored instead of the key: 190 random bits need no slow hash. */
    static byte[] hash(Secret key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    static String last4(Secret key) {
        return key.reveal().substring(key.length() - LAST_CHARS);
    }

    static String masked(Secret key, KeyKind kind, Mode mode) {
        return prefix(kind, mode) + "..." + last4(key);
    }

    private static String prefix(KeyKind kind, Mode mode) {
        String word = switch (kind) {
            case SECRET -> "sk_";
            case PUBLISHABLE -> "pk_";
            case RESTRICTED -> "rk_";
        };
        return word + mode.word() + "_";
    }
}
