package dev.bezant.server.dialect;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The shapes that features render, as they are. */
record NativeDialect() implements Dialect {
    @Override
    public String name() {
        return "native";
    }

    @Override
    public ApiVersion version() {
        return ApiVersion.STANDARD;
    }

    @Override
    public void reshape(String name, ObjectNode object) {
        if (name.equals("event")) {
            object.put("api_version", version().text());
        }
    }

    @Override
    public List<String> ignored(String endpoint) {
        return List.of();
    }

    @Override
    public List<String> impliedExpansions(String objectName) {
        return List.of();
    }
}
