package dev.bezant.sandbox.corefy;

import java.security.SecureRandom;

/** Ids as Corefy makes them: a prefix and random letters and digits (section 1). */
final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char[] ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".toCharArray();
    private static final int LENGTH = 16;
    private static final int PAYMENT_LENGTH = 24;

    private Ids() {}

    static String next(String prefix) {
        return prefix + text(prefix.equals("pay_") ? PAYMENT_LENGTH : LENGTH);
    }

    static String text(int length) {
        var text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = ALPHABET[RANDOM.nextInt(ALPHABET.length)];
        }
        return new String(text);
    }
}
