package dev.bezant.sdk.model;

import dev.bezant.sdk.error.Violation;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a provider's API. Immutable. Subclasses are generated: an accessor and a builder's setter for each field.
 *
 * <p>Reading never fails because of one odd value: what is not of the documented kind is left out of its accessor, and kept in {@link
 * #otherFields()}. So absent means "not there, or not readable", and neither may be taken for an answer.
 */
public abstract class Model {
    private final ModelType<?> type;
    private final @Nullable Object[] values;
    private final Map<String, @Nullable Object> others;

    protected Model(ModelType<?> type, Builder<?, ?> builder) {
        this.type = type;
        values = builder.values.clone();
        others = builder.others == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(builder.others));
    }

    /**
     * Members that this version does not know, and known ones whose value is of another kind than documented, as they came: text, Boolean, Long,
     * BigInteger, BigDecimal, List, Map or null. They are written again with the object. Can hold card data: do not log them.
     */
    public final Map<String, @Nullable Object> otherFields() {
        return others;
    }

    /** What the provider is known to refuse about this object and everything in it; empty when nothing is. */
    public final List<Violation> violations() {
        var violations = new ArrayList<Violation>();
        check("", violations);
        return violations;
    }

    /** The fields as parameters of a query, lists as several values, in the order of the description. Without objects, and without other fields. */
    public final Map<String, List<String>> parameters() {
        var parameters = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                parameters.put(type.field(i).name(), type.field(i).texts(value));
            }
        }
        return parameters;
    }

    /** The value at a position; the generated accessor knows its class. */
    @SuppressWarnings("unchecked")
    protected final <V> Optional<V> value(int index) {
        return Optional.ofNullable((V) values[index]);
    }

    /** The list at a position; absent is empty. */
    @SuppressWarnings("unchecked")
    protected final <V> List<V> list(int index) {
        return values[index] == null ? List.of() : (List<V>) values[index];
    }

    final ModelType<?> type() {
        return type;
    }

    final @Nullable Object valueAt(int index) {
        return values[index];
    }

    final void check(String path, List<Violation> violations) {
        for (int i = 0; i < values.length; i++) {
            type.field(i).check(path, values[i], violations);
        }
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Model that && type == that.type && Arrays.equals(values, that.values) && others.equals(that.others);
    }

    @Override
    public final int hashCode() {
        return 31 * Arrays.hashCode(values) + others.hashCode();
    }

    /** Without card data, secrets and personal data; of other fields only the names. */
    @Override
    public final String toString() {
        var parts = new ArrayList<String>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                parts.add(type.field(i).name() + "=" + type.field(i).shown(value));
            }
        }
        if (!others.isEmpty()) {
            parts.add("other fields=" + others.keySet());
        }
        return type.name() + parts;
    }

    /**
     * Collects the fields of an object; each is optional. Not for use by several threads.
     *
     * @param <M> what is built
     * @param <B> the builder itself
     */
    public abstract static class Builder<M extends Model, B extends Builder<M, B>> {
        private final ModelType<M> type;
        private final @Nullable Object[] values;
        /** Null until there is one. */
        private @Nullable Map<String, @Nullable Object> others;

        protected Builder(ModelType<M> type) {
            this.type = type;
            values = new Object[type.size()];
        }

        /** Starts with all fields of another. */
        protected Builder(ModelType<M> type, Model from) {
            this.type = type;
            values = from.values.clone();
            others = from.others.isEmpty() ? null : new LinkedHashMap<>(from.others);
        }

        /** Null takes the field away. Times are cut to the millisecond, as providers' own libraries send them. */
        protected final B set(int index, @Nullable Object value) {
            values[index] = value instanceof List<?> list ? List.copyOf(list)
                    : value instanceof OffsetDateTime time ? time.truncatedTo(ChronoUnit.MILLIS)
                    : value;
            return self();
        }

        /**
         * A field that this version does not know, such as one that the provider added since. What is written is exactly this.
         *
         * @param name as on the wire; not one that has a setter
         * @param value text, Boolean, a number, List, Map or null
         */
        public final B otherField(String name, @Nullable Object value) {
            if (type.position(name) >= 0) {
                throw new IllegalArgumentException(type.name() + "." + name + " is known: use its setter");
            }
            keep(name, JsonValues.checked(name, value));
            return self();
        }

        /** Never fails: what is wrong with the fields is said when they are sent, all at once ({@link Model#violations()}). */
        public abstract M build();

        final void keep(String name, @Nullable Object value) {
            if (others == null) {
                others = new LinkedHashMap<>();
            }
            others.put(name, value);
        }

        final void put(int index, Object value) {
            values[index] = value;
        }

        @SuppressWarnings("unchecked")
        private B self() {
            return (B) this;
        }
    }
}
