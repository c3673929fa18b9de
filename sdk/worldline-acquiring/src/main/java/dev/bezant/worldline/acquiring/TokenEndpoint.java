package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.Problem;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.http.SideChannel;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Asks the authorization server for a token, and reads what it says.
 *
 * @see "docs/protocols/worldline-acquiring.md, section 3"
 */
final class TokenEndpoint {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** For servers that tell none. */
    private static final BigDecimal LIFE_SECONDS = BigDecimal.valueOf(300);
    private static final BigDecimal LIFE_SECONDS_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);
    /** These say nothing about the client: the next attempt may succeed. */
    private static final Set<Integer> PASSING = Set.of(408, 429);
    private static final JacksonMarshaller JSON = JacksonMarshaller.plain();

    private final OAuth2Credentials credentials;
    private final SideChannel channel;
    private final LongSupplier nanoTime;

    TokenEndpoint(OAuth2Credentials credentials, SideChannel channel, LongSupplier nanoTime) {
        this.credentials = credentials;
        this.channel = channel;
        this.nanoTime = nanoTime;
    }

    /**
     * @throws OAuth2Exception when the server refuses this client
     * @throws CommunicationException when it says nothing that can be used
     */
    AccessToken ask() {
        long askedAt = nanoTime.getAsLong();
        var context = CallContext.builder().totalTimeout(PATIENCE).build();
        var headers = Headers.of("Accept", "application/json", "Content-Type", "application/x-www-form-urlencoded");
        WireResponse response = channel.send("requestToken", new WireRequest("POST", credentials.tokenUri(), headers, form(), context));
        if (response.isSuccess()) {
            return token(response, askedAt);
        }
        Optional<Problem> refusal = refusal(response);
        if (refusal.isPresent()) {
            throw new OAuth2Exception(refusal.get());
        }
        throw unusable(response, "");
    }

    /** Encoded, so that any secret arrives as it is. */
    private byte[] form() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        fields.put("client_id", credentials.clientId());
        fields.put("client_secret", credentials.clientSecret().reveal());
        if (!credentials.scopes().isEmpty()) {
            fields.put("scope", String.join(" ", credentials.scopes()));
        }
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + Paths.encode(field.getValue()))
                .collect(Collectors.joining("&")).getBytes(StandardCharsets.US_ASCII);
    }

    private static AccessToken token(WireResponse response, long askedAt) {
        try {
            JsonFields fields = JsonFields.of(JSON.unmarshal(response.body(), JsonNode.class));
            String value = fields.requiredText("access_token");
            BigDecimal given = fields.decimal("expires_in");
            BigDecimal seconds = (given == null ? LIFE_SECONDS : given).min(LIFE_SECONDS_MAX).max(BigDecimal.ZERO);
            if (!value.matches("[\\x21-\\x7e]+")) {
                throw unusable(response, ": the token cannot be put into a header");
            }
            return AccessToken.of(SecretText.of(value), askedAt, Duration.ofMillis(seconds.movePointRight(3).longValue()));
        } catch (MalformedJsonException e) {
            throw unusable(response, ": " + e.getMessage());
        }
    }

    /** What RFC 6749, section 5.2, calls an error response; not the page of some machine in between. */
    private static Optional<Problem> refusal(WireResponse response) {
        if (response.status() < 400 || response.status() >= 500 || PASSING.contains(response.status())) {
            return Optional.empty();
        }
        try {
            JsonFields fields = JsonFields.of(JSON.unmarshal(response.body(), JsonNode.class));
            String description = fields.text("error_description");
            return Optional.of(new Problem("POST", response.status(), null, brief(fields.requiredText("error")), null,
                    description == null ? null : brief(description), List.of()));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private static String brief(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    private static CommunicationException unusable(WireResponse response, String why) {
        Reason reason = response.status() >= 300 && response.status() < 400 ? Reason.REDIRECT_REFUSED : Reason.UNREADABLE_RESPONSE;
        return new CommunicationException(Sent.MAYBE, reason, "POST", response.status(),
                "the authorization server answered " + response.status() + " without a token" + why, null);
    }
}
