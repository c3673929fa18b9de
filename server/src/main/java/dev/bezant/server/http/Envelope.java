package dev.bezant.server.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Endpoints that were promised to be spoken to otherwise than the rest of the API: they take a pair of keys, their answers are not reshaped
 * for anybody, and their failures look as this says.
 */
public interface Envelope {
    /** No such endpoints. */
    Envelope NONE = new Envelope() {
        @Override
        public boolean covers(String path) {
            return false;
        }

        @Override
        public ApiResponse failure(@Nullable Caller caller, int status, ObjectNode body, Map<String, String> headers) {
            throw new IllegalStateException("No path is covered");
        }
    };

    /** @param path percent-encoded, as it was sent */
    boolean covers(String path);

    /**
     * A failure as these endpoints tell it.
     *
     * @param caller null if no valid key came with the request
     * @param body as the rest of the API tells it, {@code {"error":{...}}}
     */
    ApiResponse failure(@Nullable Caller caller, int status, ObjectNode body, Map<String, String> headers);
}
