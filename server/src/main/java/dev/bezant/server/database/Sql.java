package dev.bezant.server.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** A statement with {@code :named} parameters, translated once to the driver's question marks. */
record Sql(String text, List<String> names) {
    /** Texts are constants but for searches, whose conditions callers make up: those must not fill the memory. */
    private static final int PARSED_MAX = 5000;
    private static final ConcurrentHashMap<String, Sql> PARSED = new ConcurrentHashMap<>();

    static Sql parse(String text) {
        Sql known = PARSED.get(text);
        if (known != null) {
            return known;
        }
        return PARSED.size() < PARSED_MAX ? PARSED.computeIfAbsent(text, Sql::translate) : translate(text);
    }

    private static Sql translate(String text) {
        var out = new StringBuilder(text.length());
        var names = new ArrayList<String>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\'') {
                int end = text.indexOf('\'', i + 1);
                out.append(text, i, end + 1);
                i = end + 1;
            } else if (c == '-' && text.startsWith("--", i)) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            } else if (c == ':' && text.startsWith("::", i)) {
                out.append("::");
                i += 2;
            } else if (c == ':' && i + 1 < text.length() && Character.isJavaIdentifierStart(text.charAt(i + 1))) {
                int end = i + 1;
                while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                    end++;
                }
                names.add(text.substring(i + 1, end));
                out.append('?');
                i = end;
            } else {
                // The driver's own escape for a question mark that is an operator.
                out.append(c == '?' ? "??" : String.valueOf(c));
                i++;
            }
        }
        return new Sql(out.toString(), List.copyOf(names));
    }
}
