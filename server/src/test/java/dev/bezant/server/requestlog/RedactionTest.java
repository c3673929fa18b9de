package dev.bezant.server.requestlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.http.Params.Upload;
import dev.bezant.server.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class RedactionTest {
    private static final String PAN = "4242424242424242";
    private static final String CVC = "7377";

    @ParameterizedTest
    @MethodSource("transcripts")
    void nothing_secret_is_kept_and_the_rest_is(String before, String after) {
        assertThat(Json.read(Redaction.answer(Json.read(before)))).isEqualTo(Json.read(after));
        assertThat(Json.read(Redaction.params(plain(Json.read(before))))).as("as parameters").isEqualTo(Json.read(after));
    }

    static Stream<Arguments> transcripts() throws IOException {
        try (var in = Objects.requireNonNull(RedactionTest.class.getResourceAsStream("redaction.txt"))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).toList();
            return IntStream.range(0, lines.size() / 2).mapToObj(i -> Arguments.of(lines.get(2 * i), lines.get(2 * i + 1)));
        }
    }

    @Test
    void a_file_is_kept_as_its_size() {
        Map<String, @Nullable Object> sent = new LinkedHashMap<>();
        sent.put("file", new Upload("4242424242424242.pdf", "application/pdf", new byte[3]));
        assertThat(Redaction.params(sent)).isEqualTo("{\"file\":\"[file of 3 bytes]\"}");
    }

    @Test
    void a_long_text_is_cut_and_says_so() {
        String kept = Json.read(Redaction.answer(Json.object().put("text", "x".repeat(5000)))).path("text").asString();
        assertThat(kept).endsWith("x [cut]").hasSizeLessThan(1100);
    }

    @Test
    void a_card_number_across_the_cut_is_gone_too() {
        String kept = Redaction.answer(Json.object().put("text", "x".repeat(990) + PAN));
        assertThat(kept).doesNotContain("4242");
    }

    @Test
    void a_large_body_is_cut_once_where_it_became_too_large_and_is_valid_all_the_same() {
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        IntStream.range(0, 10_000).forEach(i -> data.addObject().put("id", "item-" + i));
        body.put("after", true);
        String kept = Redaction.answer(body);
        assertThat(kept).hasSizeBetween(Redaction.LENGTH_MAX, Redaction.LENGTH_MAX + 200).containsOnlyOnce(Redaction.CUT);
        assertThat(Json.read(kept).path("data").get(0).path("id").asString()).isEqualTo("item-0");
    }

    @Test
    void whatever_is_sent_the_record_is_valid_and_bounded_and_holds_no_secret() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            ObjectNode body = (ObjectNode) tree(random, 0);
            String kept = Redaction.answer(body);
            assertThat(kept).as("seed %d, round %d, of %s", seed, i, body).doesNotContain(PAN).doesNotContain(CVC)
                    .doesNotContain("4242 4242").hasSizeLessThan(Redaction.LENGTH_MAX + 3_000);
            assertThat(Json.read(kept).isObject()).isTrue();
            assertThat(Json.read(Redaction.params(plain(body)))).as("seed %d, round %d", seed, i).isEqualTo(Json.read(kept));
        }
    }

    /** A CVC stands under a name of a CVC alone: three or four digits by themselves are anything. */
    private static JsonNode tree(Random random, int depth) {
        ObjectNode object = Json.object();
        int members = random.nextInt(depth == 0 ? 30 : 6);
        for (int i = 0; i < members; i++) {
            String name = List.of("number", "name", PAN, "note " + PAN, "x".repeat(200), "client_secret", "\ud83d").get(random.nextInt(7));
            switch (random.nextInt(9)) {
                case 0 -> object.put(name + i, "see 4242 4242 4242 4242 or " + PAN + "x".repeat(random.nextInt(1500)));
                case 1 -> object.put(name, Long.parseLong(PAN));
                case 2 -> object.put(List.of("cvc", "card_cvv", "securityCode").get(random.nextInt(3)), CVC);
                case 3 -> object.put(name, "\udc00\u0000" + PAN);
                case 4 -> object.putNull(name);
                case 5 -> object.putArray(name).add(PAN).add(random.nextInt(1000)).add(depth < 5 ? tree(random, depth + 1) : Json.object());
                case 6 -> object.put(name, random.nextBoolean());
                default -> object.set(name, depth < 5 ? tree(random, depth + 1) : Json.array());
            }
        }
        return object;
    }

    private static Map<String, @Nullable Object> plain(JsonNode object) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        object.properties().forEach(member -> map.put(member.getKey(), plainValue(member.getValue())));
        return map;
    }

    private static @Nullable Object plainValue(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> plain(node);
            case ARRAY -> {
                var items = new ArrayList<@Nullable Object>();
                node.forEach(item -> items.add(plainValue(item)));
                yield items;
            }
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : node.decimalValue();
            default -> null;
        };
    }
}
