package dev.bezant.sandbox.card;

/** The scheme a card number belongs to, by its first digits. */
public enum Scheme {
    VISA, MASTERCARD, AMERICAN_EXPRESS, JCB, DINERS_CLUB, DISCOVER, UNIONPAY, MAESTRO, UNKNOWN;

    /**
     * @param pan at least four digits
     */
    public static Scheme of(String pan) {
        int two = Integer.parseInt(pan.substring(0, 2));
        int four = Integer.parseInt(pan.substring(0, 4));
        if (pan.charAt(0) == '4') {
            return VISA;
        }
        if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) {
            return MASTERCARD;
        }
        if (two == 34 || two == 37) {
            return AMERICAN_EXPRESS;
        }
        if (two == 35) {
            return JCB;
        }
        if (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059) || four == 3095) {
            return DINERS_CLUB;
        }
        if (four == 6011 || two == 65 || (four >= 6440 && four <= 6499)) {
            return DISCOVER;
        }
        if (two == 62 || two == 81) {
            return UNIONPAY;
        }
        return two == 50 || (two >= 56 && two <= 69) ? MAESTRO : UNKNOWN;
    }
}
