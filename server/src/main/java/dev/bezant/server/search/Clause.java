package dev.bezant.server.search;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One comparison.
 *
 * @param field as it was written, such as {@code amount} or {@code metadata}
 * @param key of {@code metadata["key"]}; null of other fields
 * @param at where the field begins in the query, from 1
 * @param valueAt where the value begins
 */
record Clause(boolean negated, String field, @Nullable String key, Operator operator, Value value, int at, int valueAt) {
    /** How a field is compared. */
    enum Operator {
        EQUALS(":"),
        CONTAINS("~"),
        AT_LEAST(">="),
        AT_MOST("<="),
        MORE(">"),
        LESS("<");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        /** Whether it compares by size. */
        boolean orders() {
            return this != EQUALS && this != CONTAINS;
        }
    }

    /** What a field is compared with. */
    sealed interface Value {
        /** In quotes, or a bare {@code true} or {@code false}. */
        record Text(String text) implements Value {}

        record Decimal(BigDecimal number) implements Value {}

        /** {@code null}: the field has no value. */
        record Absent() implements Value {}
    }
}
