package dev.bezant.sandbox.provider;

import dev.bezant.sandbox.http.HttpRequest;
import java.util.Arrays;
import java.util.Locale;

/**
 * One call of a provider's API, as faults name it.
 *
 * @param id such as {@code createPayment}
 * @param method HTTP method
 * @param template path with placeholders in braces, such as {@code /v1/payments/{payment}/refunds}
 * @param movesMoney whether a fault without an operation means this one
 */
public record Operation(String id, String method, String template, boolean movesMoney) {

    /** Whether the request is this call; a slash at the end makes no difference. */
    public boolean isCalledBy(HttpRequest request) {
        return request.method().equals(method) && matches(template, request.path());
    }

    public boolean hasPath(String path) {
        return matches(template, path);
    }

    /**
     * Whether a fault's operation means this call: its id, {@code *}, or a method and path such as {@code POST /payments}, where the
     * leading version or {@code api} may be left out and {@code {anything}} or {@code *} stands for one segment.
     */
    public boolean isNamed(String name) {
        if (name.equals("*") || name.equals(id)) {
            return true;
        }
        int space = name.indexOf(' ');
        if (space < 0 || !name.substring(0, space).toUpperCase(Locale.ROOT).equals(method)) {
            return false;
        }
        var path = name.substring(space + 1).strip();
        return matches(path, template) || matches(path, template.replaceFirst("^/(?:v\\d+|api)(?=/)", ""));
    }

    /** Compares segment by segment; a placeholder on the left fits any segment on the right. */
    private static boolean matches(String pattern, String path) {
        var wanted = segments(pattern);
        var given = segments(path);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean placeholder = wanted[i].startsWith("{") || wanted[i].equals("*");
            if (!wanted[i].equals(given[i]) && !(placeholder && !given[i].isEmpty())) {
                return false;
            }
        }
        return true;
    }

    /** The path's segments; an empty one at the end is dropped. */
    public static String[] segments(String path) {
        var segments = path.split("/", -1);
        if (segments.length > 2 && segments[segments.length - 1].isEmpty()) {
            return Arrays.copyOf(segments, segments.length - 1);
        }
        return segments;
    }
}
