package dev.bezant.server.connector.cardinity;

import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * @param disputeResponseDays how many days after a chargeback evidence is taken; null where the merchant does not say
 * @param currencies which the merchant's contract has, lower-case; null where he does not say. Cardinity publishes no list
 * @param evidenceUrl where the simulator takes evidence, in test mode; null at the real service, which takes none by API
 */
record CardinityConfig(
        URI url,
        String consumerKey,
        Secret consumerSecret,
        @Nullable String defaultCountry,
        @Nullable String defaultHolder,
        Duration timeout,
        Duration processingTimeMax,
        @Nullable Integer disputeResponseDays,
        @Nullable List<String> currencies,
        @Nullable URI evidenceUrl) {
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
        URI url = url(account, "url", mistakes);
        URI evidence = url(account, "evidence_url", mistakes);
        if (evidence != null && account.livemode()) {
            mistakes.add("settings.evidence_url is for the simulator alone, in test mode: Cardinity takes no evidence by API");
        }
        long days = account.settings().path("dispute_response_days").asLong(0);
        if (days < 0 || days > 365) {
            mistakes.add("settings.dispute_response_days is " + days + ", expected 1 to 365");
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
        List<String> currencies = currencies(account, mistakes);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("Cardinity account " + account.name() + ": " + String.join("; ", mistakes));
        }
        return new CardinityConfig(url == null ? SERVICE : url, credentials.path("consumer_key").asString(), Secret.of(credentials.path("consumer_secret").asString()),
                country, holder, timeoutDefault, Duration.ofMillis(processing), days == 0 ? null : (int) days, currencies,
                evidence);
    }

    private static @Nullable List<String> currencies(ProviderAccount account, List<String> mistakes) {
        String given = account.settings().path("currencies").asString("");
        if (given.isBlank()) {
            return null;
        }
        List<String> codes = Arrays.stream(given.split(",", -1)).map(code -> code.strip().toLowerCase(Locale.ROOT)).distinct().sorted().toList();
        codes.stream().filter(code -> Currency.find(code).isEmpty()).forEach(code ->
                mistakes.add("settings.currencies has '" + code + "', expected ISO 4217 codes with commas between them, such as EUR,GBP"));
        return codes;
    }

    private static @Nullable URI url(ProviderAccount account, String name, List<String> mistakes) {
        String given = account.settings().path(name).asString("");
        if (given.isEmpty()) {
            return null;
        }
        try {
            return new URI(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
        } catch (URISyntaxException e) {
            mistakes.add("settings." + name + " is not a URL");
            return null;
        }
    }

    private static @Nullable String text(ProviderAccount account, String name) {
        String value = account.settings().path(name).asString("");
        return value.isBlank() ? null : value;
    }
}
