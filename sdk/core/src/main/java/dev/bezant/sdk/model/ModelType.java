package dev.bezant.sdk.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** How the objects of one class are read and written. */
public final class ModelType<M extends Model> {
    private static final ClassValue<ModelType<?>> TYPES = new ClassValue<>() {
        @Override
        protected ModelType<?> computeValue(Class<?> type) {
            try {
                return (ModelType<?>) type.getField("TYPE").get(null);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(type.getName() + " has no public static field TYPE", e);
            }
        }
    };

    private final String name;
    private final Supplier<? extends Model.Builder<M, ?>> builder;
    private final List<ModelField> fields;
    private final Map<String, Integer> positions = new HashMap<>();

    private ModelType(String name, Supplier<? extends Model.Builder<M, ?>> builder, List<ModelField> fields) {
        this.name = name;
        this.builder = builder;
        this.fields = fields;
        for (int i = 0; i < fields.size(); i++) {
            positions.put(fields.get(i).name(), i);
        }
    }

    /** For generated classes, which keep it in a public static field {@code TYPE}. */
    public static <M extends Model> ModelType<M> of(String name, Supplier<? extends Model.Builder<M, ?>> builder, ModelField... fields) {
        return new ModelType<>(name, builder, List.of(fields));
    }

    /** The one that a generated class keeps. */
    @SuppressWarnings("unchecked")
    public static <M extends Model> ModelType<M> of(Class<M> type) {
        return (ModelType<M>) TYPES.get(type);
    }

    public String name() {
        return name;
    }

    public List<ModelField> fields() {
        return fields;
    }

    /** @return null when this is not a JSON object */
    public @Nullable M read(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        var target = builder.get();
        for (var member : node.properties()) {
            int position = position(member.getKey());
            JsonNode value = member.getValue();
            if (position < 0) {
                target.keep(member.getKey(), JsonValues.plain(value));
            } else if (!value.isNull()) {
                Object read = fields.get(position).type().read(value);
                if (read != null) {
                    target.put(position, read);
                } else {
                    target.keep(member.getKey(), JsonValues.plain(value));
                }
            }
        }
        return target.build();
    }

    /** Absent fields are left out. */
    public static void write(Model model, JsonGenerator json) {
        ModelType<?> type = model.type();
        json.writeStartObject();
        for (int i = 0; i < type.fields.size(); i++) {
            Object value = model.valueAt(i);
            if (value != null) {
                json.writeName(type.fields.get(i).name());
                type.fields.get(i).write(value, json);
            }
        }
        model.otherFields().forEach((name, value) -> {
            json.writeName(name);
            JsonValues.write(value, json);
        });
        json.writeEndObject();
    }

    int size() {
        return fields.size();
    }

    ModelField field(int index) {
        return fields.get(index);
    }

    int position(String field) {
        return positions.getOrDefault(field, -1);
    }
}
