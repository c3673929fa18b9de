package dev.bezant.server.http;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A door for machines that are no clients of ours: no key, no idempotency, the body's bytes exactly as they came. Always by POST. */
public record RawRoute(String pattern, Handler handler) {
    /** What is done with a message. */
    @FunctionalInterface
    public interface Handler {
        RawReply handle(RawMessage message);
    }

    /**
     * What came.
     *
     * @param header by any-case name; null if absent
     * @param ip of the sender
     */
    public record RawMessage(Map<String, String> pathParams, Function<String, @Nullable String> header, byte[] body, String ip) {
        public String pathParam(String name) {
            String value = pathParams.get(name);
            if (value == null) {
                throw new IllegalArgumentException("The route has no {" + name + "}");
            }
            return value;
        }
    }

    /** @param text of the answer's body */
    public record RawReply(int status, String text, String contentType) {
        /** Plain text. */
        public RawReply(int status, String text) {
            this(status, text, "text/plain; charset=utf-8");
        }
    }
}
