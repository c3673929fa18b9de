package dev.bezant.server.connector.cardinity;

import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A Cardinity account as the connector needs it.
 *
 * @param url origin of the API, without {@code /v1}
 * @param defaultCountry for payments without a billing country; ISO 3166-1 alpha-2
 * @param defaultHolder for payments without a billing name
 * @param timeout how long an answer is waited for
 * @param processingTimeMax the longest Cardinity works on a request after it has arrived; not published, 5 seconds by default
 */
record CardinityConfig(
        URI url,
        String consumerKey,
        Secret consumerSecret,
        @Nullable String defaultCountry,
        @Nullable String defaultHolder,
        Duration timeout,
        Duration processingTimeMax) {
    private static final URI SERVICE = URI.create("https://api.cardinity.com");

    /** @throws IllegalArgumentException with every mistake */
    static CardinityConfig of(ProviderAccount account, Duration timeoutDefault) {
        var mistakes = new ArrayList<String>();
        JsonNode credentials;
        try {
            credentials = Json.read(account.credentials().reveal());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Cardinity credentials must be a JSON object with consumer_key and consumer_secret");
        }
        for (String name : List.of("consumer_key", "consumer_secret")) {
            if (credentials.path(name).asString("").isBlank()) {
                mistakes.add("credentials." + name + " is missing");
            }
        }
        URI url = SERVICE;
        String given = account.settings().path("url").asString("");
        if (!given.isEmpty()) {
            try {
                url = new URI(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
            } catch (java.net.URISyntaxException e) {
                mistakes.add("settings.url is not a URL");
            }
        }
        String country = text(account, "default_country");
        if (country != null && !country.matches("[A-Z]{2}")) {
            mistakes.add("settings.default_country is '" + country + "', expected an ISO 3166-1 alpha-2 code such as LT");
        }
        String holder = text(account, "default_holder");
        if (holder != null && holder.length() > 32) {
            mistakes.add("settings.default_holder is longer than 32 characters");
        }
        long processing = account.settings().path("processing_time_max_ms").asLong(5000);
        if (processing < 0) {
            mistakes.add("settings.processing_time_max_ms is negative");
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("Cardinity account " + account.name() + ": " + String.join("; ", mistakes));
        }
        return new CardinityConfig(url, credentials.path("consumer_key").asString(), Secret.of(credentials.path("consumer_secret").asString()),
                country, holder, timeoutDefault, Duration.ofMillis(processing));
    }

    private static @Nullable String text(ProviderAccount account, String name) {
        String value = account.settings().path(name).asString("");
        return value.isBlank() ? null : value;
    }
}
