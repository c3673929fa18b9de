package dev.bezant.server.event;

import dev.bezant.server.kernel.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event about to be written.
 *
 * @param type such as {@code charge.succeeded}
 * @param objectId the id of the object that changed
 * @param data {@code {"object":{...},"previous_attributes":{...}}}, serialized once
 */
public record EventDraft(String type, String objectId, String data) {
    public static EventDraft of(String type, ObjectNode object) {
        ObjectNode data = Json.object();
        data.set("object", object);
        return new EventDraft(type, object.path("id").asString(), Json.write(data));
    }

    /** @param previous the old values of just the members that changed */
    public static EventDraft updated(String type, ObjectNode object, ObjectNode previous) {
        ObjectNode data = Json.object();
        data.set("object", object);
        data.set("previous_attributes", previous);
        return new EventDraft(type, object.path("id").asString(), Json.write(data));
    }
}
