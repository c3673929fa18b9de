package dev.bezant.sdk.model;

import dev.bezant.sdk.SecretText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model as the generator writes them, with a field of each kind. */
public final class Parcel extends Model {
    public static final ModelType<Parcel> TYPE = ModelType.of("Parcel", Builder::new,
            ModelField.of("name", FieldType.TEXT),
            ModelField.of("weight", FieldType.INT).range(1, 30),
            ModelField.of("price", FieldType.LONG).range(0, Long.MAX_VALUE),
            ModelField.of("fragile", FieldType.BOOLEAN),
            ModelField.of("rate", FieldType.DECIMAL),
            ModelField.of("day", FieldType.DATE),
            ModelField.of("sent", FieldType.DATE_TIME),
            ModelField.of("PIN", FieldType.text(SecretText::of, SecretText::reveal)).matching("[0-9]{4}", "4 digits"),
            ModelField.of("address", FieldType.TEXT).hide(),
            ModelField.of("inner", FieldType.object(Parcel.class)),
            ModelField.of("parts", FieldType.list(FieldType.object(Parcel.class))).range(0, 2),
            ModelField.of("codes", FieldType.list(FieldType.INT)),
            ModelField.of("label", FieldType.TEXT).require());

    private Parcel(Builder builder) {
        super(TYPE, builder);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    public Optional<String> name() {
        return value(0);
    }

    public Optional<Integer> weight() {
        return value(1);
    }

    public Optional<Long> price() {
        return value(2);
    }

    public Optional<Boolean> fragile() {
        return value(3);
    }

    public Optional<BigDecimal> rate() {
        return value(4);
    }

    public Optional<LocalDate> day() {
        return value(5);
    }

    public Optional<OffsetDateTime> sent() {
        return value(6);
    }

    public Optional<SecretText> pin() {
        return value(7);
    }

    public Optional<Parcel> inner() {
        return value(9);
    }

    public List<Parcel> parts() {
        return list(10);
    }

    public List<Integer> codes() {
        return list(11);
    }

    /** Collects the fields. */
    public static final class Builder extends Model.Builder<Parcel, Builder> {
        private Builder() {
            super(TYPE);
        }

        private Builder(Parcel from) {
            super(TYPE, from);
        }

        public Builder name(@Nullable String value) {
            return set(0, value);
        }

        public Builder weight(int value) {
            return set(1, value);
        }

        public Builder price(long value) {
            return set(2, value);
        }

        public Builder sent(@Nullable OffsetDateTime value) {
            return set(6, value);
        }

        public Builder pin(@Nullable SecretText value) {
            return set(7, value);
        }

        public Builder address(@Nullable String value) {
            return set(8, value);
        }

        public Builder inner(@Nullable Parcel value) {
            return set(9, value);
        }

        public Builder parts(@Nullable List<Parcel> value) {
            return set(10, value);
        }

        public Builder codes(@Nullable List<Integer> value) {
            return set(11, value);
        }

        public Builder label(@Nullable String value) {
            return set(12, value);
        }

        @Override
        public Parcel build() {
            return new Parcel(this);
        }
    }
}
