package dev.bezant.server.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Text that must not reach a log: a card number, a CVC, an API key, a provider's credential.
 *
 * <p>{@link #toString()} is masked; the content is read through {@link #reveal()} alone, so that every use can be searched for.
 */
public final class Secret {
    private final String content;

    private Secret(String content) {
        this.content = content;
    }

    public static Secret of(String content) {
        return new Secret(content);
    }

    /** The content itself. Pass it on to where it is needed at once; never store or log it. */
    public String reveal() {
        return content;
    }

    public int length() {
        return content.length();
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(content.getBytes(StandardCharsets.UTF_8), that.content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "***";
    }
}
