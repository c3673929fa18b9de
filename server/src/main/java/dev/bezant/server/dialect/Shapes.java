package dev.bezant.server.dialect;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives objects their last shape on the way out, inner ones too: what depends on where this server is reached, then the caller's
 * dialect. What is stored (idempotent answers, events) is stored before this.
 */
public final class Shapes {
    private final Map<String, Consumer<ObjectNode>> finishers = new HashMap<>();

    /** Says what is added to every object of a name, such as {@code charge}; at start-up alone. */
    public Shapes finish(String name, Consumer<ObjectNode> finisher) {
        finishers.merge(name, finisher, Consumer::andThen);
        return this;
    }

    /**
     * Shapes an answer, an event or an error.
     *
     * @param answer changed in place
     */
    public <T extends JsonNode> T shape(Dialect dialect, T answer) {
        descend(dialect, answer);
        return answer;
    }

    private void descend(Dialect dialect, JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                String name = object.path("object").asString("");
                if (!name.isEmpty()) {
                    finishers.getOrDefault(name, it -> {}).accept(object);
                    dialect.reshape(name, object);
                }
                // Metadata is the merchant's: a key of his may be named like a member of ours.
                object.properties().stream().filter(member -> !member.getKey().equals("metadata"))
                        .forEach(member -> descend(dialect, member.getValue()));
            }
            case ArrayNode array -> array.values().forEach(inner -> descend(dialect, inner));
            default -> {
                // A value has no shape.
            }
        }
    }
}
