package dev.bezant.sandbox.worldlinedirect;

/** Locales such as {@code en_GB}; some clients write {@code en-GB}. */
final class Locales {
    static final String STANDARD = "en_GB";

    private Locales() {}

    static boolean isLocale(String text) {
        return text.matches("[a-z]{2,3}([_-][A-Z]{2})?");
    }
}
