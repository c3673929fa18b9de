package dev.bezant.sdk.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The default marshaller. Unknown members are ignored, absent ones stay absent, trailing text is refused (a cut and repeated body must not pass
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
            T value = mapper.readValue(json, type);
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
}
