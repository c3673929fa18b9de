package dev.bezant.server.connector.corefy;

import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A Corefy account as the connector needs it.
 *
 * @param url of the private API, with its path prefix if it has one
 * @param cardGateUrl where cards are sent
 * @param accountId of the commerce account
 * @param callbackSecret what callbacks are signed with; null where none are wanted
 * @param testMode whether everything is made in test mode: test and live are one service
 * @param cardService the code of the service that takes cards; {@code {currency}} stands for the currency
 * @param payoutService the code of the service that pays out to cards, likewise
 * @param wholeAmounts whether the brand's services take no fractions
 * @param callsPerMinute the most that are sent to the private API
 * @param readRetries how often reading is tried again; what moves money is not
 * @param timeout how long an answer is waited for
 * @param processingTimeMax the longest the platform works on a request after it has arrived; not published, 5 seconds by default
 */
record CorefyConfig(
        URI url,
        URI cardGateUrl,
        String accountId,
        Secret apiKey,
        @Nullable Secret callbackSecret,
        boolean testMode,
        String cardService,
        String payoutService,
        boolean wholeAmounts,
        int callsPerMinute,
        int readRetries,
        Duration timeout,
        Duration processingTimeMax) {
    private static final String CURRENCY = "{currency}";
    private static final String CARD_SERVICE = "payment_card_" + CURRENCY + "_hpp";
    private static final String PAYOUT_SERVICE = "payment_card_" + CURRENCY;
    private static final int CALLS_PER_MINUTE = 600;
    private static final int TIMEOUT_SECONDS_MAX = 300;
    private static final int RETRIES_MAX = 9;
    /** One to pay and one to ask. */
    private static final int CALLS_PER_MINUTE_MIN = 2;
    private static final int CALLS_PER_MINUTE_MAX = 100_000;

    /** @throws IllegalArgumentException with every mistake */
    static CorefyConfig of(ProviderAccount account, Duration timeoutDefault) {
        var mistakes = new ArrayList<String>();
        JsonNode credentials;
        try {
            credentials = Json.read(account.credentials().reveal());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Corefy credentials must be a JSON object with account_id and api_key");
        }
        for (String name : List.of("account_id", "api_key")) {
            if (credentials.path(name).asString("").isBlank()) {
                mistakes.add("credentials." + name + " is missing");
            }
        }
        if (credentials.path("account_id").asString("").indexOf(':') >= 0) {
            mistakes.add("credentials.account_id must not hold a colon");
        }
        String callbackSecret = text(credentials, "callback_secret");
        if (callbackSecret != null && callbackSecret.startsWith(account.livemode() ? "sk_test_" : "sk_live_")) {
            mistakes.add("credentials.callback_secret is a key of the other mode");
        }
        JsonNode settings = account.settings();
        URI url = url(text(settings, "url"), "settings.url", mistakes);
        String gate = text(settings, "card_gate_url");
        URI cardGateUrl = url(gate != null ? gate : text(credentials, "card_gate_url"), "settings.card_gate_url", mistakes);
        String cardService = settings.path("card_service").asString(CARD_SERVICE);
        if (cardService.isBlank()) {
            mistakes.add("settings.card_service is empty, expected a code such as " + CARD_SERVICE);
        }
        String payoutService = settings.path("payout_service").asString(PAYOUT_SERVICE);
        if (payoutService.isBlank()) {
            mistakes.add("settings.payout_service is empty, expected a code such as " + PAYOUT_SERVICE);
        }
        long calls = settings.path("calls_per_minute").asLong(CALLS_PER_MINUTE);
        if (calls < CALLS_PER_MINUTE_MIN || calls > CALLS_PER_MINUTE_MAX) {
            mistakes.add("settings.calls_per_minute is " + calls + ", expected " + CALLS_PER_MINUTE_MIN + " to " + CALLS_PER_MINUTE_MAX);
        }
        long seconds = settings.path("timeout_seconds").asLong(TIMEOUT_SECONDS_MAX);
        long retries = settings.path("retry_count").asLong(0);
        if (seconds < 1 || seconds > TIMEOUT_SECONDS_MAX) {
            mistakes.add("settings.timeout_seconds is " + seconds + ", expected 1 to " + TIMEOUT_SECONDS_MAX);
        }
        if (retries < 0 || retries > RETRIES_MAX) {
            mistakes.add("settings.retry_count is " + retries + ", expected 0 to " + RETRIES_MAX);
        }
        // Settling knows no longer wait than the standard one, so there is none.
        Duration asked = Duration.ofSeconds(seconds);
        Duration timeout = asked.compareTo(timeoutDefault) < 0 ? asked : timeoutDefault;
        long processing = settings.path("processing_time_max_ms").asLong(5000);
        if (processing < 0) {
            mistakes.add("settings.processing_time_max_ms is negative");
        }
        if (url == null || cardGateUrl == null || !mistakes.isEmpty()) {
            throw new IllegalArgumentException("Corefy account " + account.name() + ": " + String.join("; ", mistakes));
        }
        return new CorefyConfig(url, cardGateUrl, credentials.path("account_id").asString(), Secret.of(credentials.path("api_key").asString()),
                callbackSecret == null ? null : Secret.of(callbackSecret), !account.livemode(), cardService, payoutService, flag(settings, "whole_amounts"),
                (int) calls, (int) retries, timeout, Duration.ofMillis(processing));
    }

    /** @param currency upper-case */
    String cardServiceIn(String currency) {
        return cardService.replace(CURRENCY, currency.toLowerCase(Locale.ROOT));
    }

    /** @param currency upper-case */
    String payoutServiceIn(String currency) {
        return payoutService.replace(CURRENCY, currency.toLowerCase(Locale.ROOT));
    }

    /** What is set on the command line is a text. */
    private static boolean flag(JsonNode settings, String name) {
        return settings.path(name).asString("").equals("true");
    }

    private static @Nullable String text(JsonNode from, String name) {
        String value = from.path(name).asString("").strip();
        return value.isEmpty() ? null : value;
    }

    private static @Nullable URI url(@Nullable String given, String name, List<String> mistakes) {
        if (given == null) {
            mistakes.add(name + " is missing: Corefy tells it with the account");
            return null;
        }
        try {
            var url = new URI(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
            if (url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        mistakes.add(name + " is not a URL");
        return null;
    }
}
