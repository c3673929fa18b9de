package dev.bezant.server.shape;

import dev.bezant.server.kernel.Json;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code previous_attributes} of an update event: the old values of just what changed, member by member into nested objects;
 * null for what was not there.
 *
 * @see "docs/protocols/payments-api.md, section 6.4"
 */
public final class PreviousAttributes {
    private PreviousAttributes() {}

    /** Compares two renderings of one object; empty if nothing changed. */
    public static ObjectNode between(ObjectNode before, ObjectNode after) {
        ObjectNode previous = Json.object();
        Set<String> names = new LinkedHashSet<>();
        names.addAll(before.propertyNames());
        names.addAll(after.propertyNames());
        for (String name : names) {
            JsonNode old = before.has(name) ? before.get(name) : NullNode.getInstance();
            JsonNode now = after.has(name) ? after.get(name) : NullNode.getInstance();
            if (old instanceof ObjectNode oldObject && now instanceof ObjectNode nowObject) {
                ObjectNode inner = between(oldObject, nowObject);
                if (!inner.isEmpty()) {
                    previous.set(name, inner);
                }
            } else if (!old.equals(now)) {
                previous.set(name, old);
            }
        }
        return previous;
    }
}
