package dev.bezant.server.connector.worldlinedirect;

import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A Worldline Direct account as the connector needs it.
 *
 * @param url origin of the API, without a path
 * @param merchantId the PSPID
 * @param webhooksKeyId with webhooksSecret, what notices are signed with; both null where none are wanted
 * @param defaultCountry for payments without a billing country; ISO 3166-1 alpha-2
 * @param timeout how long an answer is waited for
 * @param processingTimeMax the longest the platform works on a request after it has arrived; not published, 5 seconds by default
 * @param repeatableFor how long after its first sending a request is recognized when it is repeated: the documented 24 hours less a margin
 */
record WorldlineDirectConfig(
        URI url,
        String merchantId,
        String apiKeyId,
        Secret secretApiKey,
        @Nullable String webhooksKeyId,
        @Nullable Secret webhooksSecret,
        @Nullable String defaultCountry,
        Duration timeout,
        Duration processingTimeMax,
        Duration repeatableFor) {
    private static final URI TEST = URI.create("https://payment.preprod.direct.worldline-solutions.com");
    private static final URI LIVE = URI.create("https://payment.direct.worldline-solutions.com");
    private static final int REPEATABLE_HOURS = 22;

    /** @throws IllegalArgumentException with every mistake */
    static WorldlineDirectConfig of(ProviderAccount account, Duration timeoutDefault) {
        var mistakes = new ArrayList<String>();
        JsonNode credentials;
        try {
            credentials = Json.read(account.credentials().reveal());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Worldline Direct credentials must be a JSON object with merchant_id, api_key_id and secret_api_key");
        }
        for (String name : List.of("merchant_id", "api_key_id", "secret_api_key")) {
            if (credentials.path(name).asString("").isBlank()) {
                mistakes.add("credentials." + name + " is missing");
            }
        }
        String webhooksKeyId = text(credentials, "webhooks_key_id");
        String webhooksSecret = text(credentials, "webhooks_secret");
        if ((webhooksKeyId == null) != (webhooksSecret == null)) {
            mistakes.add("credentials.webhooks_key_id and credentials.webhooks_secret are given together or not at all");
        }
        URI url = account.livemode() ? LIVE : TEST;
        String given = text(account.settings(), "url");
        if (given != null) {
            try {
                url = new URI(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
            } catch (URISyntaxException e) {
                mistakes.add("settings.url is not a URL");
            }
        }
        String country = text(account.settings(), "default_country");
        if (country != null && !country.matches("[A-Z]{2}")) {
            mistakes.add("settings.default_country is '" + country + "', expected an ISO 3166-1 alpha-2 code such as BE");
        }
        long processing = account.settings().path("processing_time_max_ms").asLong(5000);
        if (processing < 0) {
            mistakes.add("settings.processing_time_max_ms is negative");
        }
        long repeatable = account.settings().path("repeatable_hours").asLong(REPEATABLE_HOURS);
        if (repeatable < 0 || repeatable > REPEATABLE_HOURS) {
            mistakes.add("settings.repeatable_hours is " + repeatable + ", expected 0 to " + REPEATABLE_HOURS);
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("Worldline Direct account " + account.name() + ": " + String.join("; ", mistakes));
        }
        return new WorldlineDirectConfig(url, credentials.path("merchant_id").asString(), credentials.path("api_key_id").asString(),
                Secret.of(credentials.path("secret_api_key").asString()), webhooksKeyId, webhooksSecret == null ? null : Secret.of(webhooksSecret),
                country, timeoutDefault, Duration.ofMillis(processing), Duration.ofHours(repeatable));
    }

    private static @Nullable String text(JsonNode from, String name) {
        String value = from.path(name).asString("");
        return value.isBlank() ? null : value;
    }
}
