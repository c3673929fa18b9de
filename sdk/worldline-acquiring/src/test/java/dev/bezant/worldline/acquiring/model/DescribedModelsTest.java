package dev.bezant.worldline.acquiring.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.logging.RequestLogMessage;
import dev.bezant.sdk.model.Model;
import dev.bezant.sdk.model.ModelField;
import dev.bezant.sdk.model.ModelType;
import dev.bezant.worldline.acquiring.AcquiringObfuscation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every object of the description, with random contents: nothing is lost, everything can be got at, nothing hidden is shown. */
class DescribedModelsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNode DESCRIPTION = description();
    private static final long SEED = Long.getLong("bezant.seed", System.nanoTime());
    private static final int DEPTH = 3;
    /** Logs show them but for card numbers: they say what is wrong. */
    private static final Set<String> FREE_TEXTS = Set.of("messageText", "elaboration", "questionnaire", "detail", "title");

    private final JacksonMarshaller marshaller = JacksonMarshaller.plain();

    static Stream<String> objects() {
        return DESCRIPTION.get("objects").propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void an_object_is_read_and_written_without_loss(String name) throws Exception {
        var random = new Random(SEED + name.hashCode());
        ObjectNode json = object(name, random, DEPTH);
        json.put("aFieldOfTomorrow", random.nextInt()).putObject("anotherOne").putNull("x").putArray("y").add(true).add(1.5);
        Class<? extends Model> type = type(name);
        Model read = marshaller.unmarshal(JSON.writeValueAsBytes(json), type);
        assertThat(JSON.readTree(marshaller.marshal(read))).as("seed %d", SEED).isEqualTo(JSON.readTree(JSON.writeValueAsBytes(json)));
        assertThat(read).isEqualTo(marshaller.unmarshal(marshaller.marshal(read), type)).isEqualTo(rebuilt(read));
        assertThat(read.otherFields()).containsOnlyKeys("aFieldOfTomorrow", "anotherOne");
        for (Method accessor : accessors(type)) {
            Object value = accessor.invoke(read);
            assertThat(value).as(accessor.getName()).isNotEqualTo(Optional.empty()).isNotEqualTo(List.of());
        }
    }

    /** Texts of hidden fields begin with a mark, so that it is seen wherever one of them is shown; free texts quote a card number. */
    @ParameterizedTest
    @MethodSource("objects")
    void nothing_hidden_is_shown_by_an_object_or_by_a_log(String name) throws Exception {
        var random = new Random(SEED + name.hashCode());
        byte[] json = JSON.writeValueAsBytes(object(name, random, DEPTH));
        assertThat(marshaller.unmarshal(json, type(name)).toString()).as("seed %d", SEED).doesNotContain("hidden-", "4111111111111111");
        var headers = Headers.of("Content-Type", "application/json");
        String logged = RequestLogMessage.of(AcquiringObfuscation.rules().build(), "1", "POST", URI.create("http://h/"), headers, json).body();
        assertThat(logged).as("seed %d", SEED).doesNotContain("hidden-", "4111111111111111");
    }

    @Test
    void the_description_and_the_classes_are_the_same() throws Exception {
        assertThat(objects()).hasSize(107);
        for (String name : objects().toList()) {
            List<ModelField> fields = ModelType.of(type(name)).fields();
            assertThat(fields).extracting(ModelField::name).containsExactlyElementsOf(
                    List.copyOf(DESCRIPTION.get("objects").get(name).path("fields").propertyNames()));
        }
    }

    private static ObjectNode object(String name, Random random, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (var field : DESCRIPTION.get("objects").get(name).path("fields").properties()) {
            String type = field.getValue().isObject() ? field.getValue().get("type").asString() : field.getValue().asString();
            boolean hidden = isHidden(field.getKey(), field.getValue(), type);
            if (type.endsWith("[]")) {
                var list = object.putArray(field.getKey());
                for (int i = random.nextInt(3) + 1; i > 0; i--) {
                    list.add(value(type.substring(0, type.length() - 2), hidden, random, depth));
                }
            } else if (FREE_TEXTS.contains(field.getKey())) {
                object.put(field.getKey(), "card 4111111111111111 is wrong");
            } else {
                object.set(field.getKey(), value(type, hidden, random, depth));
            }
        }
        return object;
    }

    private static JsonNode value(String type, boolean hidden, Random random, int depth) {
        var json = JsonNodeFactory.instance;
        if (DESCRIPTION.get("objects").has(type)) {
            return depth == 0 ? json.objectNode() : object(type, random, depth - 1);
        }
        return switch (type) {
            case "int" -> json.numberNode(random.nextInt());
            case "long" -> json.numberNode(random.nextLong() | 1L << 40);
            case "boolean" -> json.booleanNode(random.nextBoolean());
            case "decimal" -> json.numberNode(new java.math.BigDecimal(random.nextInt(1_000_000) + "." + (10 + random.nextInt(89))));
            case "date" -> json.stringNode("20%02d-0%d-1%d".formatted(random.nextInt(100), random.nextInt(9) + 1, random.nextInt(10)));
            case "date-time" -> json.stringNode("2026-01-0%dT10:11:12.%d+0%d:00".formatted(
                    random.nextInt(9) + 1, 101 + 2 * random.nextInt(400), random.nextInt(9) + 1).replaceAll("0+\\+", "+"));
            default -> json.stringNode((hidden ? "hidden-" : "shown-") + Integer.toHexString(random.nextInt()));
        };
    }

    private static boolean isHidden(String name, JsonNode field, String type) {
        String single = type.replace("[]", "");
        boolean byName = DESCRIPTION.get("hidden").valueStream().anyMatch(hidden -> hidden.asString().equals(name));
        return byName || DESCRIPTION.get("texts").path(single).path("hidden").asBoolean(false) || field.path("hidden").asBoolean(false);
    }

    private static Class<? extends Model> type(String name) throws ClassNotFoundException {
        return Class.forName(DescribedModelsTest.class.getPackageName() + "." + name).asSubclass(Model.class);
    }

    /** Through the generated {@code toBuilder()}. */
    private static Object rebuilt(Model model) throws ReflectiveOperationException {
        Object builder = model.getClass().getMethod("toBuilder").invoke(model);
        return builder.getClass().getMethod("build").invoke(builder);
    }

    private static List<Method> accessors(Class<?> type) {
        Set<String> inherited = new TreeSet<>();
        Stream.of(Model.class.getMethods()).forEach(method -> inherited.add(method.getName()));
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic() && !inherited.contains(method.getName()))
                .filter(method -> !method.getName().equals("toBuilder"))
                .toList();
    }

    private static JsonNode description() {
        try {
            return JSON.readTree(Files.readAllBytes(Path.of("src/main/models/worldline-acquiring.json").toAbsolutePath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
