package dev.bezant.sdk.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The kind of value that a field holds, and how JSON becomes it: leniently where nothing can be mistaken, otherwise not at all. */
public final class FieldType<V> {
    /** Also reads numbers and booleans, as their text. */
    public static final FieldType<String> TEXT = text(text -> text, text -> text);
    /** Reads {@code 10}, {@code 10.0} and {@code "10"} alike. */
    public static final FieldType<Integer> INT = new FieldType<>(
            node -> Scalars.whole(node, Integer.MIN_VALUE, Integer.MAX_VALUE, number -> (int) number),
            (value, json) -> json.writeNumber(value),
            value -> List.of(value.toString()));
    public static final FieldType<Long> LONG = new FieldType<>(
            node -> Scalars.whole(node, Long.MIN_VALUE, Long.MAX_VALUE, number -> number),
            (value, json) -> json.writeNumber(value),
            value -> List.of(value.toString()));
    public static final FieldType<Boolean> BOOLEAN = new FieldType<>(
            Scalars::bool, (value, json) -> json.writeBoolean(value), value -> List.of(value.toString()));
    public static final FieldType<BigDecimal> DECIMAL = new FieldType<>(
            Scalars::decimal, (value, json) -> json.writeNumber(value), value -> List.of(value.toPlainString()));
    /** {@code yyyy-MM-dd}. */
    public static final FieldType<LocalDate> DATE = time(LocalDate::parse, LocalDate::toString);
    /** ISO 8601 with offset; offsets such as {@code +01} and {@code +0100} are read too. */
    public static final FieldType<OffsetDateTime> DATE_TIME = time(Scalars::dateTime, DateTimeFormatter.ISO_OFFSET_DATE_TIME::format);

    private final Function<JsonNode, @Nullable V> reader;
    private final BiConsumer<V, JsonGenerator> writer;
    private final Function<V, List<String>> texts;

    private FieldType(Function<JsonNode, @Nullable V> reader, BiConsumer<V, JsonGenerator> writer, Function<V, List<String>> texts) {
        this.reader = reader;
        this.writer = writer;
        this.texts = texts;
    }

    /** A text on the wire that is a type of its own in Java, such as a secret. */
    public static <V> FieldType<V> text(Function<String, V> read, Function<V, String> write) {
        return new FieldType<>(
                node -> node.isString() || node.isNumber() || node.isBoolean() ? read.apply(node.asString()) : null,
                (value, json) -> json.writeString(write.apply(value)),
                value -> List.of(write.apply(value)));
    }

    private static <V> FieldType<V> time(Function<String, V> read, Function<V, String> write) {
        return new FieldType<>(
                node -> Scalars.time(node, read),
                (value, json) -> json.writeString(write.apply(value)),
                value -> List.of(write.apply(value)));
    }

    /** @param type looked into when first needed, since types refer to each other */
    public static <M extends Model> FieldType<M> object(Class<M> type) {
        return new FieldType<>(node -> ModelType.of(type).read(node), ModelType::write, value -> {
            throw new IllegalStateException(type.getSimpleName() + " is an object, which has no place in a query and matches no pattern");
        });
    }

    public static <V> FieldType<List<V>> list(FieldType<V> item) {
        return new FieldType<>(
                node -> readList(node, item),
                (list, json) -> {
                    json.writeStartArray();
                    list.forEach(value -> item.write(value, json));
                    json.writeEndArray();
                },
                list -> list.stream().flatMap(value -> item.texts(value).stream()).toList());
    }

    /** Reads a value that is given as text; empty when it is not of this kind. */
    public Optional<V> parse(String text) {
        return Optional.ofNullable(read(StringNode.valueOf(text)));
    }

    /** @return null when the value is not of this kind */
    @Nullable V read(JsonNode node) {
        return reader.apply(node);
    }

    void write(V value, JsonGenerator json) {
        writer.accept(value, json);
    }

    /** As in a query: one text, or a list's several. */
    List<String> texts(V value) {
        return texts.apply(value);
    }

    private static <V> @Nullable List<V> readList(JsonNode node, FieldType<V> item) {
        if (!node.isArray()) {
            return null;
        }
        var list = new ArrayList<V>(node.size());
        for (JsonNode element : node) {
            V value = item.read(element);
            if (value == null) {
                // A list with a gap could pass for the whole.
                return null;
            }
            list.add(value);
        }
        return List.copyOf(list);
    }
}
