package dev.bezant.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what serves a path; literal segments win over placeholders. */
final class Router<R> {
    private final List<Entry<R>> entries = new ArrayList<>();

    private record Entry<R>(String method, List<String> segments, R route) {}

    /** @param methods of the path that exist, for a 405; empty for a 404 */
    record Match<R>(@Nullable R route, Map<String, String> pathParams, Set<String> methods) {}

    Router(Iterable<R> routes, Function<R, String> method, Function<R, String> pattern) {
        for (R route : routes) {
            entries.add(new Entry<>(method.apply(route), segments(pattern.apply(route)), route));
        }
    }

    /** @param rawPath percent-encoded; a trailing slash is forgiven */
    Match<R> find(String method, String rawPath) {
        List<String> path = segments(rawPath);
        Entry<R> best = null;
        var methods = new LinkedHashSet<String>();
        for (Entry<R> entry : entries) {
            if (matches(entry.segments(), path)) {
                methods.add(entry.method());
                if (entry.method().equals(method) && (best == null || literals(entry) > literals(best))) {
                    best = entry;
                }
            }
        }
        return best == null ? new Match<>(null, Map.of(), methods) : new Match<>(best.route(), params(best.segments(), path), methods);
    }

    private static boolean matches(List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!placeholder(pattern.get(i)) && !pattern.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> params(List<String> pattern, List<String> path) {
        var params = new LinkedHashMap<String, String>();
        for (int i = 0; i < pattern.size(); i++) {
            String name = pattern.get(i);
            if (placeholder(name)) {
                params.put(name.substring(1, name.length() - 1), decoded(path.get(i)));
            }
        }
        return params;
    }

    private static String decoded(String segment) {
        // A plus sign is itself in a path.
        String value = Decoder.decoded(segment.replace("+", "%2B"));
        if (value.indexOf('\0') >= 0 || value.length() > 255) {
            throw new ApiException(ErrorCode.INVALID_CHARACTERS, null, "The path has a segment that cannot be an id.");
        }
        return value;
    }

    private static <R> int literals(Entry<R> entry) {
        return (int) entry.segments().stream().filter(segment -> !placeholder(segment)).count();
    }

    private static boolean placeholder(String segment) {
        return segment.startsWith("{");
    }

    private static List<String> segments(String path) {
        String trimmed = path.startsWith("/") ? path.substring(1) : path;
        if (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return List.of(trimmed.split("/", -1));
    }
}
