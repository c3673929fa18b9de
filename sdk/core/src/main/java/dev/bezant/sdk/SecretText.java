package dev.bezant.sdk;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A card number, a card verification code, a key: text that must not end up in a log. {@link #toString()} is masked, comparison takes constant
 * time, and {@link #reveal()} is the only way to the content, so that every reader can be found.
 */
public final class SecretText {
    private final char[] content;

    private SecretText(char[] content) {
        this.content = content;
    }

    public static SecretText of(String content) {
        return new SecretText(content.toCharArray());
    }

    /** Copies the characters; the caller may wipe its own array. */
    public static SecretText of(char[] content) {
        return new SecretText(content.clone());
    }

    /** The content itself. Do not keep the result, do not log it. */
    public String reveal() {
        return new String(content);
    }

    public int length() {
        return content.length;
    }

    public boolean isBlank() {
        return CharBuffer.wrap(content).chars().allMatch(Character::isWhitespace);
    }

    /** Overwrites the content; the secret reads as NUL characters afterwards. For whoever holds a card only for the length of one call. */
    public void wipe() {
        Arrays.fill(content, '\0');
    }

    /** The first six and last four digits of a card number, the rest masked; shorter secrets are masked wholly. */
    public String maskedCardNumber() {
        if (content.length < 13) {
            return "*".repeat(content.length);
        }
        return new String(content, 0, 6) + "*".repeat(content.length - 10) + new String(content, content.length - 4, 4);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "****";
    }

    private byte[] bytes() {
        var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(content));
        var bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
