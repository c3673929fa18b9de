package dev.bezant.sdk.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bezant.sdk.model.Model;
import dev.bezant.sdk.model.ModelType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The default marshaller, for models, maps and records. Unknown members are kept by models and ignored otherwise, absent ones stay absent, trailing text is refused (a cut and repeated body must not pass
 * for a whole one), numbers keep every digit, decimals are written plainly.
 */
public final class JacksonMarshaller implements Marshaller {
    private final JsonMapper mapper;

    private JacksonMarshaller(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Member names as the Java names are written. */
    public static JacksonMarshaller plain() {
        return new JacksonMarshaller(base().build());
    }

    /** {@code paymentMethod} in Java, {@code payment_method} on the wire. */
    public static JacksonMarshaller snakeCase() {
        return new JacksonMarshaller(base().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());
    }

    private static JsonMapper.Builder base() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .addModule(new SimpleModule("bezant-models").addSerializer(Model.class, new ModelSerializer()))
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL));
    }

    @Override
    public byte[] marshal(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new MalformedJsonException("cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    @Override
    public <T> T unmarshal(byte[] json, Class<T> type) {
        try {
            T value = Model.class.isAssignableFrom(type) ? model(json, type) : mapper.readValue(json, type);
            if (value == null) {
                throw new MalformedJsonException("expected a " + type.getSimpleName() + ", found null", null);
            }
            return value;
        } catch (JacksonException e) {
            // Without the cause's text: it can quote the body.
            throw new MalformedJsonException(
                    "not a readable " + type.getSimpleName() + " (" + json.length + " bytes, " + e.getClass().getSimpleName() + ")", null);
        }
    }

    private <T> T model(byte[] json, Class<T> type) {
        JsonNode node = mapper.readTree(json);
        T value = type.cast(ModelType.of(type.asSubclass(Model.class)).read(node));
        if (value == null) {
            throw new MalformedJsonException("expected a " + type.getSimpleName() + ", found no JSON object", null);
        }
        return value;
    }

    private static final class ModelSerializer extends ValueSerializer<Model> {
        @Override
        public void serialize(Model value, JsonGenerator json, SerializationContext context) {
            ModelType.write(value, json);
        }
    }
}
