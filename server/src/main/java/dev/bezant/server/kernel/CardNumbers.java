package dev.bezant.server.kernel;

import java.util.regex.Pattern;

/** Recognizes what may be a card number in text that is none of the vault's business: people paste them into every field there is. */
public final class CardNumbers {
    private static final String SEPARATOR = "(?:[ .+_-]|%20)?";
    /** As many digits as card numbers have, or more, alone or in groups. */
    private static final Pattern DIGITS = Pattern.compile("[0-9](?:" + SEPARATOR + "[0-9]){12,}");
    /** What the card brands' numbers begin with; what shops number their orders with seldom does. */
    private static final Pattern BRANDED = Pattern.compile("(?:4|5|6|2[2-7]|3[04-9])[0-9]{12,18}");
    /** Random identifiers, in one of a thousand of which some digits would pass for a card number: UUIDs, and hashes and keys in hexadecimal. */
    private static final Pattern HEXADECIMAL = Pattern.compile(
            "(?i)(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{24,})(?![0-9a-z])");

    private CardNumbers() {}

    /** Whether a text holds 13 digits in a row, or in groups: more than an id or a message needs. */
    public static boolean maybeIn(String text) {
        return DIGITS.matcher(text).find();
    }

    /** The text with every run of 13 digits or more left out. */
    public static String masked(String text) {
        return maybeIn(text) ? DIGITS.matcher(text).replaceAll("...") : text;
    }

    /**
     * Whether a text holds a number of a card brand with the right check digit. For texts that are our callers' own to choose, where
     * refusing every long number would refuse good ones. What is in a UUID or in a hexadecimal word of 24 characters or more is none.
     */
    public static boolean surelyIn(String text) {
        String words = HEXADECIMAL.matcher(text).replaceAll("*");
        return DIGITS.matcher(words).results().map(found -> found.group().replace("%20", "").replaceAll("[^0-9]", ""))
                .anyMatch(digits -> BRANDED.matcher(digits).matches() && luhn(digits));
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        }
        return sum % 10 == 0;
    }
}
