package dev.bezant.server.ops;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The sandbox's control API, as far as a server needs it.
 *
 * @param origin such as {@code http://127.0.0.1:8090}
 */
record SandboxApi(String origin) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    /** @param providers where each provider answers, by its name */
    record Health(String instance, Map<String, String> providers) {}

    /** @param credentials JSON by the provider's own names */
    record Account(String provider, String name, String url, Secret credentials) {}

    /** Empty if nothing answers there, or something else than a sandbox. */
    Optional<Health> health() {
        try {
            JsonNode answer = get("/control/health");
            var providers = new LinkedHashMap<String, String>();
            answer.path("providers").properties().forEach(entry -> providers.put(entry.getKey(), entry.getValue().asString()));
            return Optional.of(new Health(answer.required("instance").asString(), providers));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** The accounts that the sandbox has from the start, one per provider. */
    List<Account> defaultAccounts() {
        try {
            var accounts = new ArrayList<Account>();
            for (JsonNode account : get("/control/accounts?account=default").path("data")) {
                accounts.add(new Account(account.path("provider").asString(), account.path("account").asString(),
                        account.path("url").asString(), Secret.of(Json.write(account.path("credentials")))));
            }
            return accounts;
        } catch (IOException | JacksonException e) {
            throw new CommandException(ExitCode.SANDBOX, "The sandbox at " + origin + " does not tell its accounts: " + e.getMessage());
        }
    }

    private JsonNode get(String path) throws IOException {
        var connection = (HttpURLConnection) URI.create(origin + path).toURL().openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        try {
            if (connection.getResponseCode() != 200) {
                throw new IOException("GET " + path + " answered " + connection.getResponseCode());
            }
            try (InputStream body = connection.getInputStream()) {
                return Json.read(new String(body.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8));
            }
        } finally {
            connection.disconnect();
        }
    }
}
