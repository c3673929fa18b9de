package dev.bezant.server.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of our own pages, for browsers: no key, no JSON. */
public record PageRoute(String method, String pattern, Handler handler) {
    /** What a page does. */
    @FunctionalInterface
    public interface Handler {
        PageResponse handle(PageRequest request);
    }

    /** What a browser sent: the query for GET, the form for POST. */
    public record PageRequest(Map<String, String> pathParams, Params params, ApiRequest.PayerHeaders payer) {
        public String pathParam(String name) {
            String value = pathParams.get(name);
            if (value == null) {
                throw new IllegalArgumentException("The route has no {" + name + "}");
            }
            return value;
        }
    }

    /**
     * @param html null for a redirect
     * @param formAction where forms of the page may post to, for its content security policy; null = only here
     */
    public record PageResponse(int status, @Nullable String html, @Nullable String location, @Nullable String formAction) {
        public static PageResponse html(int status, String html) {
            return new PageResponse(status, html, null, null);
        }

        /** See Other: the browser follows with GET. */
        public static PageResponse redirect(String location) {
            return new PageResponse(303, null, location, null);
        }

        /** A page whose form leads to another origin. */
        public PageResponse mayPostTo(String origin) {
            return new PageResponse(status, html, location, origin);
        }
    }
}
