package dev.bezant.server.kernel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as trees; duplicate keys, endless numbers and bottomless nesting are refused when reading. */
public final class Json {
    /** Deep enough for every request of the API; deeper input is an attack. */
    public static final int DEPTH_MAX = 64;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNumberLength(64)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static ArrayNode array(Iterable<? extends JsonNode> items) {
        ArrayNode array = array();
        items.forEach(array::add);
        return array;
    }

    public static ArrayNode texts(List<String> items) {
        ArrayNode array = array();
        items.forEach(array::add);
        return array;
    }

    public static ObjectNode texts(Map<String, String> items) {
        ObjectNode object = object();
        items.forEach(object::put);
        return object;
    }

    /** @throws tools.jackson.core.JacksonException if the text is not one JSON value */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    /** Reads text that we wrote ourselves. */
    public static ObjectNode readObject(String text) {
        return (ObjectNode) MAPPER.readTree(text);
    }

    public static @Nullable ObjectNode readObjectOrNull(@Nullable String text) {
        return text == null ? null : readObject(text);
    }

    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    public static @Nullable String writeOrNull(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : write(node);
    }
}
