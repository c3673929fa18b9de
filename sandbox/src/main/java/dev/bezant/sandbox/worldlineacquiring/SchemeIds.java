package dev.bezant.sandbox.worldlineacquiring;

import java.security.SecureRandom;

/** What others call a transaction: made once, and the same in every answer about it. */
record SchemeIds(String retrievalReferenceNumber, String schemeTransactionId, String authorizationCode) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static SchemeIds make() {
        return new SchemeIds(digits(12), digits(15), authorizationCodeOfItsOwn());
    }

    /** Six letters and digits. */
    static String authorizationCodeOfItsOwn() {
        var code = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            code.append("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789".charAt(RANDOM.nextInt(34)));
        }
        return code.toString();
    }

    static String digits(int count) {
        var digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(RANDOM.nextInt(i == 0 ? 1 : 0, 10));
        }
        return digits.toString();
    }
}
