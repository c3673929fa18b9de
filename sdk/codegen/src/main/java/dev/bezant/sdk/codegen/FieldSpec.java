package dev.bezant.sdk.codegen;

import org.jspecify.annotations.Nullable;

/**
 * One field of an object.
 *
 * @param wire its name in JSON
 * @param java the accessor's and the setter's name
 * @param list whether it holds several
 * @param doc may be empty
 * @param hidden whether a text form of the object must not show it
 * @param least of the number or of the list's length; null for no bound, as are the next
 * @param pattern that the text matches; null for any text
 * @param expected the pattern in words
 */
record FieldSpec(
        String wire, String java, FieldKind kind, boolean list, String doc, boolean hidden, boolean required, @Nullable Long least,
        @Nullable Long most, @Nullable String pattern, String expected) {}
