package dev.bezant.server.fuzz;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.PaymentWorld;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request in the making: its parameters as a tree until {@link #write} makes them bytes. */
final class Draft {
    /** How parameters are written. */
    enum Encoding {
        FORM,
        RAW_FORM,
        JSON,
        MULTIPART
    }

    final String endpoint;
    String method;
    String path;
    ObjectNode params;
    Encoding encoding = Encoding.FORM;
    boolean chunked;
    /** What is appended to the query of a request that has a body. */
    String query = "";
    final Map<String, String> headers = new LinkedHashMap<>();

    Draft(String endpoint, String path, ObjectNode params) {
        this.endpoint = endpoint;
        this.method = endpoint.split(" ", 2)[0];
        this.path = path;
        this.params = params;
        headers.put("Host", "localhost");
        headers.put("Authorization", "Bearer " + (endpoint.contains(" /api/integrations/") ? PaymentWorld.pair(PaymentWorld.SECRET) : PaymentWorld.SECRET));
    }

    boolean hasBody() {
        return !method.equals("GET") && !method.equals("DELETE") && !method.equals("HEAD");
    }

    /** Its parameters as bytes, and the header that tells how they are written. */
    byte[] body() {
        if (!hasBody()) {
            return new byte[0];
        }
        return switch (encoding) {
            case FORM -> typed("application/x-www-form-urlencoded", form(true));
            case RAW_FORM -> typed("application/x-www-form-urlencoded; charset=UTF-8", form(false));
            case JSON -> typed("application/json", Json.write(params));
            case MULTIPART -> typed("multipart/form-data; boundary=b0undary", multipart());
        };
    }

    /** The whole request. */
    byte[] write(byte[] body) {
        var bytes = new ByteArrayOutputStream();
        String asked = hasBody() ? query : form(encoding != Encoding.RAW_FORM);
        var head = new StringBuilder(method).append(' ').append(path).append(asked.isEmpty() ? "" : "?" + asked).append(" HTTP/1.1\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (chunked && body.length > 0) {
            bytes.writeBytes(head.append("Transfer-Encoding: chunked\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
            int half = body.length / 2;
            chunk(bytes, body, 0, half);
            chunk(bytes, body, half, body.length);
            bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        } else {
            if (body.length > 0 || hasBody()) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    private byte[] typed(String contentType, String body) {
        if (!body.isEmpty()) {
            headers.putIfAbsent("Content-Type", contentType);
        }
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static void chunk(ByteArrayOutputStream out, byte[] body, int from, int to) {
        if (to > from) {
            out.writeBytes((Integer.toHexString(to - from) + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(body, from, to - from);
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private String form(boolean encoded) {
        List<String> pairs = new ArrayList<>();
        pairs("", params, (name, value) -> pairs.add((encoded ? encoded(name) : name.replace("&", "%26").replace(" ", "+").replace("\n", "%0A").replace("\r", "%0D")
                .replace("#", "%23")) + "=" + encoded(value)));
        return String.join("&", pairs);
    }

    private String multipart() {
        var parts = new StringBuilder();
        pairs("", params, (name, value) -> parts.append("--b0undary\r\nContent-Disposition: form-data; name=\"").append(name.replace("\"", "%22"))
                .append(name.equals("file") ? "\"; filename=\"a.png\"\r\nContent-Type: image/png" : "\"").append("\r\n\r\n").append(value).append("\r\n"));
        return parts.append("--b0undary--\r\n").toString();
    }

    private interface Pair {
        void take(String name, String value);
    }

    private static void pairs(String name, JsonNode value, Pair out) {
        if (value.isObject()) {
            value.properties().forEach(member -> pairs(name.isEmpty() ? member.getKey() : name + "[" + member.getKey() + "]", member.getValue(), out));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                pairs(name + "[" + i + "]", value.get(i), out);
            }
        } else {
            out.take(name, value.isNull() ? "" : value.asString());
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
