package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.world.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Everything that is wrong with one request, at most one complaint per field, in the order found. */
final class Violations {
    private final ArrayNode items = Json.array();
    private final Map<String, String> fields = new LinkedHashMap<>();

    /**
     * @param field dotted path
     * @param rejected what was sent; null to leave it out, as for anything secret
     */
    void add(String field, @Nullable JsonNode rejected, String message) {
        if (fields.putIfAbsent(field, message) != null) {
            return;
        }
        var item = items.addObject().put("field", field);
        if (rejected != null && !rejected.isMissingNode()) {
            item.set("rejected", rejected);
        }
        item.put("message", message);
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    void refuseIfAny() {
        if (!isEmpty()) {
            throw ProblemException.invalid(items);
        }
    }

    static ProblemException one(String field, @Nullable JsonNode rejected, String message) {
        var violations = new Violations();
        violations.add(field, rejected, message);
        return ProblemException.invalid(violations.items);
    }
}
