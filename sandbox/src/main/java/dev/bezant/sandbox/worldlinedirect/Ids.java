package dev.bezant.sandbox.worldlinedirect;

import java.util.regex.Pattern;

/** Ids of payments, payouts and operations: a decimal base, and the number of the operation behind an underscore (section 0). */
final class Ids {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,20})(?:_(\\d{1,6}))?");

    private Ids() {}

    static boolean isId(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** The part before the underscore; the text itself if it is no id. */
    static String base(String text) {
        var matcher = SHAPE.matcher(text);
        return matcher.matches() ? matcher.group(1) : text;
    }

    /** The number behind the underscore, 0 without one. */
    static int number(String text) {
        var matcher = SHAPE.matcher(text);
        return matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : 0;
    }
}
