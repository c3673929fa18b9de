package dev.bezant.server.connector.worldlineacquiring;

import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import dev.bezant.worldline.acquiring.AcquiringConfig;
import dev.bezant.worldline.acquiring.Scope;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A Worldline Acquiring account as the connector needs it.
 *
 * @param url origin of the API, without a path
 * @param tokenUrl of the authorization server
 * @param scopes what its tokens shall permit
 * @param timeout how long an answer is waited for
 * @param processingTimeMax the longest the platform works on a request after it has arrived; not published, 5 seconds by default
 */
record WorldlineAcquiringConfig(
        URI url,
        URI tokenUrl,
        String acquirerId,
        String merchantId,
        String clientId,
        Secret clientSecret,
        List<String> scopes,
        Duration timeout,
        Duration processingTimeMax) {
    private static final List<String> REQUIRED = List.of("acquirer_id", "merchant_id", "client_id", "client_secret");

    /** @throws IllegalArgumentException with every mistake */
    static WorldlineAcquiringConfig of(ProviderAccount account, Duration timeoutDefault) {
        var mistakes = new ArrayList<String>();
        JsonNode credentials;
        try {
            credentials = Json.read(account.credentials().reveal());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Worldline Acquiring credentials must be a JSON object with " + String.join(", ", REQUIRED));
        }
        for (String name : REQUIRED) {
            if (credentials.path(name).asString("").isBlank()) {
                mistakes.add("credentials." + name + " is missing");
            }
        }
        // Where the live service is, Worldline tells its merchants and nobody else.
        URI url = url(account.settings(), "settings.url", account.livemode() ? null : AcquiringConfig.TEST_ENDPOINT, mistakes);
        URI tokenUrl = url(credentials, "credentials.token_url", account.livemode() ? null : AcquiringConfig.TEST_TOKEN_URI, mistakes);
        long processing = account.settings().path("processing_time_max_ms").asLong(5000);
        if (processing < 0) {
            mistakes.add("settings.processing_time_max_ms is negative");
        }
        String scopes = account.settings().path("scopes").asString("").strip();
        if (url == null || tokenUrl == null || !mistakes.isEmpty()) {
            throw new IllegalArgumentException("Worldline Acquiring account " + account.name() + ": " + String.join("; ", mistakes));
        }
        return new WorldlineAcquiringConfig(url, tokenUrl, credentials.path("acquirer_id").asString(), credentials.path("merchant_id").asString(),
                credentials.path("client_id").asString(), Secret.of(credentials.path("client_secret").asString()),
                scopes.isEmpty() ? Scope.all() : List.of(scopes.split("\\s+")), timeoutDefault, Duration.ofMillis(processing));
    }

    /** @param path such as {@code settings.url} */
    private static @Nullable URI url(JsonNode from, String path, @Nullable URI standard, List<String> mistakes) {
        String given = from.path(path.substring(path.indexOf('.') + 1)).asString("").strip();
        if (given.isEmpty()) {
            if (standard == null) {
                mistakes.add(path + " is missing: in live mode Worldline tells you the address");
            }
            return standard;
        }
        try {
            return new URI(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
        } catch (URISyntaxException e) {
            mistakes.add(path + " is not a URL");
            return null;
        }
    }
}
