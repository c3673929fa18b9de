package dev.bezant.sandbox.world;

/** The check digit of card numbers (ISO/IEC 7812-1). */
public final class Luhn {
    private Luhn() {}

    /** Whether the text is all digits and its last one checks the others. */
    public static boolean holds(String digits) {
        int sum = 0;
        for (int i = digits.length() - 1, place = 0; i >= 0; i--, place++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            int weighted = place % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return !digits.isEmpty() && sum % 10 == 0;
    }
}
