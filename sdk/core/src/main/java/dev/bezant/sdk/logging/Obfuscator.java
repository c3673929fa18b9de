package dev.bezant.sdk.logging;

import dev.bezant.sdk.Headers;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Masks headers, query parameters and bodies by rules. Names compare without regard to case. A body rule's name is a member name, at any
 * depth, or the end of a dotted path ({@code authorization_information.data}); where the member is an object or an array, everything in it is
 * masked. A body that is not readable JSON or form data is never printed, only its size. Immutable.
 */
public final class Obfuscator {
    private static final int PRINTED_CHARS_MAX = 64 * 1024;
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final Map<String, ObfuscationRule> headerRules;
    private final Map<String, ObfuscationRule> propertyRules;
    private final Map<String, ObfuscationRule> pathRules;

    private Obfuscator(Builder builder) {
        headerRules = Map.copyOf(builder.headerRules);
        propertyRules = Map.copyOf(builder.propertyRules);
        pathRules = Map.copyOf(builder.pathRules);
    }

    /** Starts with the credentials headers, which every provider has. */
    public static Builder builder() {
        return new Builder();
    }

    /** @return {@code Name="value", Name="value"} */
    String headers(Headers headers) {
        return headers.list().stream()
                .map(header -> header.name() + "=\"" + mask(headerRules.get(lower(header.name())), header.value()) + '"')
                .collect(Collectors.joining(", "));
    }

    /** @return path and query, path segments masked by the path rules, parameter values by the body rules */
    String uri(URI uri) {
        String path = uri.getRawPath() == null ? "" : path(uri.getRawPath());
        return uri.getRawQuery() == null ? path : path + '?' + pairs(uri.getRawQuery());
    }

    /**
     * A body as a log may show it.
     *
     * @param contentType null counts as JSON
     * @return at most 64 Ki characters; only the size of what is neither JSON nor a form; empty for no body
     */
    public String body(@Nullable String contentType, byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return "";
        }
        String type = contentType == null ? "" : lower(contentType);
        String text;
        if (type.startsWith("application/x-www-form-urlencoded")) {
            text = pairs(new String(body, StandardCharsets.UTF_8));
        } else if (type.isEmpty() || type.contains("json")) {
            text = json(body);
        } else {
            text = "<" + body.length + " bytes>";
        }
        return text.length() <= PRINTED_CHARS_MAX ? text : text.substring(0, PRINTED_CHARS_MAX) + "...";
    }

    private String path(String path) {
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            segments[i] = mask(pathRules.get(lower(segments[i - 1])), segments[i]);
        }
        return String.join("/", segments);
    }

    private String json(byte[] body) {
        var out = new StringWriter(body.length);
        try (var parser = JSON.createParser(ObjectReadContext.empty(), body); var generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            new JsonMasking(parser, generator, this::propertyRule).copy();
        } catch (JacksonException e) {
            return "<" + body.length + " bytes, not JSON>";
        }
        return out.toString();
    }

    private String pairs(String encoded) {
        return Arrays.stream(encoded.split("&")).map(this::pair).collect(Collectors.joining("&"));
    }

    private String pair(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            return pair;
        }
        String name = pair.substring(0, equals);
        ObfuscationRule rule = propertyRule(decode(name));
        return rule == null ? pair : name + '=' + rule.mask(decode(pair.substring(equals + 1)));
    }

    /** @param path dotted member names from the root, array positions left out */
    private @Nullable ObfuscationRule propertyRule(String path) {
        String rest = lower(path);
        while (true) {
            ObfuscationRule rule = propertyRules.get(rest);
            int dot = rest.indexOf('.');
            if (rule != null || dot < 0) {
                return rule;
            }
            rest = rest.substring(dot + 1);
        }
    }

    private static String mask(@Nullable ObfuscationRule rule, String value) {
        return rule == null ? value : rule.mask(value);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Collects rules; a later one for the same name wins. */
    public static final class Builder {
        private final Map<String, ObfuscationRule> headerRules = new HashMap<>();
        private final Map<String, ObfuscationRule> propertyRules = new HashMap<>();
        private final Map<String, ObfuscationRule> pathRules = new HashMap<>();

        private Builder() {
            for (String name : new String[] {
                "Authorization", "WWW-Authenticate", "Proxy-Authenticate", "Proxy-Authorization", "Cookie", "Set-Cookie"
            }) {
                header(name, ObfuscationRule.fixedLength(8));
            }
        }

        public Builder header(String name, ObfuscationRule rule) {
            headerRules.put(lower(name), rule);
            return this;
        }

        public Builder property(String nameOrPathEnd, ObfuscationRule rule) {
            propertyRules.put(lower(nameOrPathEnd), rule);
            return this;
        }

        /** For ids that are secrets: masks the path segment that follows the one named. */
        public Builder pathSegmentAfter(String segment, ObfuscationRule rule) {
            pathRules.put(lower(segment), rule);
            return this;
        }

        public Builder properties(ObfuscationRule rule, String... names) {
            for (String name : names) {
                property(name, rule);
            }
            return this;
        }

        public Obfuscator build() {
            return new Obfuscator(this);
        }
    }
}
