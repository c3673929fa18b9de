package dev.bezant.worldline.direct.model;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The language of a page or of a payer, {@code en_GB} on the wire. Made by a caller it has the right form; read from an answer it is whatever
 * came.
 *
 * @see "docs/protocols/worldline-direct.md, section 2"
 */
public final class LocaleCode {
    private final String wire;

    private LocaleCode(String wire) {
        this.wire = wire;
    }

    /** @param locale with a language; with a country where pages differ by it */
    public static LocaleCode of(Locale locale) {
        return of(locale.getCountry().isEmpty() ? locale.getLanguage() : locale.getLanguage() + "_" + locale.getCountry());
    }

    /** @param text such as {@code en_GB}; a browser's {@code en-GB} is taken as it is */
    public static LocaleCode of(String text) {
        if (!text.matches("[a-z]{2,3}([_-][A-Z]{2})?")) {
            throw new IllegalArgumentException("the locale is '" + text + "', expected a language with a country, such as en_GB");
        }
        return new LocaleCode(text);
    }

    /** As received, whatever it is. */
    public static LocaleCode ofWire(String text) {
        return new LocaleCode(text);
    }

    public String wire() {
        return wire;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocaleCode that && wire.equals(that.wire);
    }

    @Override
    public int hashCode() {
        return Objects.hash(wire);
    }

    @Override
    public String toString() {
        return wire;
    }
}
