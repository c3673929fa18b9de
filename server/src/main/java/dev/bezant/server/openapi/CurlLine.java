package dev.bezant.server.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A call as somebody types it who has read {@code quickstart.env} into his shell. */
final class CurlLine {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/@-]*");

    private final List<String> words = new ArrayList<>();
    private final boolean sendsFile;

    private CurlLine(boolean sendsFile) {
        this.sendsFile = sendsFile;
    }

    /**
     * @param operation as it is described
     * @param example the parameters; missing if there are none
     */
    static String of(String method, String path, JsonNode operation, JsonNode example) {
        var line = new CurlLine(operation.path("requestBody").path("content").has(Operations.MULTIPART));
        boolean pair = operation.path("security").path(0).has("keyPair");
        line.words.add("curl \"$BEZANT_URL" + path + "\" " + (pair ? "-H \"Authorization: Bearer $PARTNER_KEYS\"" : "-u \"$BEZANT_SECRET_KEY:\""));
        boolean params = example.isObject() && !example.isEmpty();
        if (method.equals("DELETE") || (method.equals("POST") && !params)) {
            line.words.add("-X " + method);
        }
        if (method.equals("GET") && params) {
            line.words.add("-G");
        }
        if (!Operations.success(operation).path("content").has(Operations.JSON)) {
            line.words.add("-O -J");
        }
        if (params) {
            example.properties().forEach(member -> line.parameter(member.getKey(), member.getValue()));
        }
        return String.join(" \\\n  ", line.words);
    }

    private void parameter(String name, JsonNode value) {
        if (value.isObject()) {
            value.properties().forEach(member -> parameter(name + "[" + member.getKey() + "]", member.getValue()));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                parameter(name + "[" + i + "]", value.get(i));
            }
        } else {
            String text = value.asString();
            boolean plain = PLAIN.matcher(text).matches();
            String pair = name + "=" + text;
            if (sendsFile) {
                words.add("-F " + pair);
                return;
            }
            words.add((plain ? "-d " : "--data-urlencode ") + (plain && name.indexOf('[') < 0 ? pair : "\"" + pair.replace("\"", "\\\"") + "\""));
        }
    }
}
