package dev.bezant.sandbox.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Form and query encoding ({@code a=1&b=2}). */
public final class Forms {
    /** One name with its value. */
    public record Pair(String name, String value) {}

    private Forms() {}

    /** Decodes pairs in order; a malformed percent sequence stays as it is. */
    public static List<Pair> decode(String text) {
        var pairs = new ArrayList<Pair>();
        for (var part : text.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            pairs.add(equals < 0
                    ? new Pair(unescape(part), "")
                    : new Pair(unescape(part.substring(0, equals)), unescape(part.substring(equals + 1))));
        }
        return pairs;
    }

    public static String encode(Map<String, String> fields) {
        var text = new StringBuilder();
        fields.forEach((name, value) -> {
            if (!text.isEmpty()) {
                text.append('&');
            }
            text.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        });
        return text.toString();
    }

    public static @Nullable String first(List<Pair> pairs, String name) {
        for (var pair : pairs) {
            if (pair.name().equals(name)) {
                return pair.value();
            }
        }
        return null;
    }

    private static String unescape(String text) {
        return percentDecode(text.replace('+', ' '));
    }

    /** Decodes percent sequences only; a plus stays a plus. */
    public static String percentDecode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var in = text.getBytes(StandardCharsets.UTF_8);
        var out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%' && i + 2 < in.length && hex(in[i + 1]) >= 0 && hex(in[i + 2]) >= 0) {
                out[length++] = (byte) ((hex(in[i + 1]) << 4) | hex(in[i + 2]));
                i += 2;
            } else {
                out[length++] = in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }
}
