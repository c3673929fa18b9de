package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the merchant calls a payment or an operation on one. */
record References(@Nullable String merchantReference, @Nullable String merchantParameters, @Nullable String operationGroupReference) {
    static final References NONE = new References(null, null, null);

    /** From {@code references} or {@code operationReferences}. */
    static References read(Input parent, String name) {
        if (!parent.has(name)) {
            return NONE;
        }
        var input = parent.object(name);
        return new References(input.text("merchantReference"), input.text("merchantParameters"), input.text("operationGroupReference"));
    }

    boolean isEmpty() {
        return merchantReference == null && merchantParameters == null && operationGroupReference == null;
    }

    ObjectNode json() {
        var json = Json.object();
        if (merchantReference != null) {
            json.put("merchantReference", merchantReference);
        }
        if (merchantParameters != null) {
            json.put("merchantParameters", merchantParameters);
        }
        if (operationGroupReference != null) {
            json.put("operationGroupReference", operationGroupReference);
        }
        return json;
    }
}
