package dev.bezant.server.shape;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Copies members, absent ones as null. */
final class Members {
    private Members() {}

    static void copy(@Nullable ObjectNode from, String member, ObjectNode to) {
        JsonNode value = from == null ? null : from.get(member);
        if (value == null) {
            to.putNull(member);
        } else {
            to.set(member, value);
        }
    }

    static @Nullable ObjectNode objectOrNull(@Nullable ObjectNode from, String member) {
        return from != null && from.get(member) instanceof ObjectNode object ? object : null;
    }
}
