package dev.bezant.sdk.model;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what is neither object nor list; null for what is not of the wanted kind. */
final class Scalars {
    private static final int DIGITS_MAX = 38;
    private static final DateTimeFormatter SHORT_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XX][X]")
            .toFormatter();

    private Scalars() {}

    static <V> @Nullable V whole(JsonNode node, long least, long most, LongFunction<V> narrowing) {
        BigDecimal number = decimal(node);
        if (number == null) {
            return null;
        }
        try {
            long whole = number.longValueExact();
            return whole < least || whole > most ? null : narrowing.apply(whole);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** Of a number or a plain decimal text. 1e999999999 is a short text and an endless number. */
    static @Nullable BigDecimal decimal(JsonNode node) {
        BigDecimal number = null;
        if (node.isNumber()) {
            number = node.decimalValue();
        } else if (node.isString() && node.stringValue().matches("-?[0-9]{1,38}(\\.[0-9]{1,18})?")) {
            number = new BigDecimal(node.stringValue());
        }
        return number == null || number.precision() > DIGITS_MAX || Math.abs(number.scale()) > DIGITS_MAX ? null : number;
    }

    static @Nullable Boolean bool(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        String text = node.isString() ? node.stringValue() : "";
        return text.equalsIgnoreCase("true") ? Boolean.TRUE : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
    }

    static <V> @Nullable V time(JsonNode node, Function<String, V> parser) {
        try {
            return node.isString() ? parser.apply(node.stringValue()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    static OffsetDateTime dateTime(String text) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeParseException e) {
            return OffsetDateTime.parse(text, SHORT_OFFSET);
        }
    }
}
