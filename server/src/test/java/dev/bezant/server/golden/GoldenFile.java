package dev.bezant.server.golden;

import dev.bezant.server.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One file: what has to be there before, a request, and the answer or the delivery that it causes.
 *
 * @param about its first lines
 * @param given by name, in order
 * @param delivered whether the expected message is a webhook instead of the answer
 * @see "README.md beside the files"
 */
record GoldenFile(String about, Map<String, Given> given, Message request, boolean delivered, Message expected) {
    private static final Pattern GIVEN = Pattern.compile("(\\w+) = (?:(/\\S+) of )?(GET|POST|DELETE) (\\S+)(?: (\\{.*?\\}))?(?: with \\$(\\w+))?", Pattern.DOTALL);

    /**
     * @param pointer what of its answer the name stands for
     * @param key the name of the key it is sent with
     */
    record Given(String pointer, String method, String path, @Nullable String body, String key) {}

    /** @param start the request line, or the status */
    record Message(String start, Map<String, String> headers, @Nullable String body) {
        JsonNode json() {
            return Json.read(Objects.requireNonNull(body));
        }
    }

    static GoldenFile parse(String text) {
        String[] parts = text.split("(?m)^--- (?=(?:given|request|response|delivery)$)", -1);
        Map<String, Given> given = new LinkedHashMap<>();
        Message request = null;
        Message expected = null;
        boolean delivered = false;
        for (String part : List.of(parts).subList(1, parts.length)) {
            String[] titled = part.split("\n", 2);
            switch (titled[0]) {
                case "given" -> given.putAll(given(titled[1]));
                case "request" -> request = message(titled[1]);
                default -> {
                    delivered = titled[0].equals("delivery");
                    expected = message(titled[1]);
                }
            }
        }
        return new GoldenFile(parts[0].strip(), given, Objects.requireNonNull(request, "no --- request"), delivered,
                Objects.requireNonNull(expected, "no --- response"));
    }

    private static Map<String, Given> given(String text) {
        // A line that does not begin at the margin continues the one before.
        List<String> lines = new ArrayList<>();
        for (String line : text.strip().split("\n", -1)) {
            if (line.startsWith(" ")) {
                lines.add(lines.removeLast() + " " + line.strip());
            } else {
                lines.add(line);
            }
        }
        Map<String, Given> given = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher matcher = GIVEN.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("Not 'name = METHOD /path {...}': " + line);
            }
            given.put(matcher.group(1), new Given(Objects.requireNonNullElse(matcher.group(2), "/id"), matcher.group(3), matcher.group(4), matcher.group(5),
                    Objects.requireNonNullElse(matcher.group(6), "secret_key")));
        }
        return given;
    }

    private static Message message(String text) {
        String[] halves = text.strip().split("\n\n", 2);
        String[] head = halves[0].split("\n", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : List.of(head).subList(1, head.length)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Message(head[0], headers, halves.length == 2 ? halves[1] : null);
    }
}
