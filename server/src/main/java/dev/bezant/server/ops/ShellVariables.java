package dev.bezant.server.ops;

import java.util.LinkedHashMap;
import java.util.Map;

/** A file of {@code NAME='value'} lines, for {@code . file} in a shell. */
final class ShellVariables {
    private ShellVariables() {}

    static String write(Map<String, String> variables) {
        var text = new StringBuilder("# Written by 'bezant serve' at every start. For a shell: set -a; . quickstart.env; set +a\n");
        variables.forEach((name, value) -> text.append(name).append('=').append(quoted(value)).append('\n'));
        return text.toString();
    }

    /** Reads what {@link #write} wrote; lines of another shape are left out. */
    static Map<String, String> read(String text) {
        var variables = new LinkedHashMap<String, String>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && line.startsWith("'", equals + 1) && line.endsWith("'") && line.length() > equals + 2) {
                variables.put(line.substring(0, equals), line.substring(equals + 2, line.length() - 1).replace("'\\''", "'"));
            }
        });
        return variables;
    }

    /** In single quotes, where the shell changes nothing. */
    static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
