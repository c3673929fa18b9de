package dev.bezant.server.ops;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The API of a running server, as a client sees it.
 *
 * @param origin such as {@code http://127.0.0.1:8080}
 */
record RemoteApi(String origin, Secret key) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ANSWER_BYTES_MAX = 64 << 20;

    /**
     * Reads.
     *
     * @throws IOException if it cannot be reached, or not just now: the same call may succeed later
     * @throws CommandException if it refuses
     */
    JsonNode get(String path, Map<String, String> params) throws IOException {
        String query = params.entrySet().stream().map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue())).collect(Collectors.joining("&"));
        var connection = (HttpURLConnection) address(path + (query.isEmpty() ? "" : "?" + query)).toURL().openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setRequestProperty("Authorization", "Bearer " + key.reveal());
        try {
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                JsonNode answer = Json.read(new String(body.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8));
                if (status < 400) {
                    return answer;
                }
                String told = answer.at("/error/message").asString("GET " + path + " answered " + status);
                if (status == 429 || status >= 500) {
                    throw new IOException(told);
                }
                throw new CommandException(ExitCode.FAILED, told);
            }
        } catch (JacksonException e) {
            throw new CommandException(ExitCode.FAILED, origin + " is no Bezant server: " + path + " is answered with something else than JSON");
        } finally {
            connection.disconnect();
        }
    }

    private URI address(String pathAndQuery) {
        try {
            return URI.create(origin + pathAndQuery);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "'" + origin + "' is no address, expected one such as http://127.0.0.1:8080");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
