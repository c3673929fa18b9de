package dev.bezant.cardinity;

import dev.bezant.cardinity.OAuth1Signer.Parameter;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.Authenticator;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.http.WireRequest;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Signs each attempt anew: OAuth 1.0a without a token, HMAC-SHA1, in the {@code Authorization} header.
 *
 * @see "docs/protocols/cardinity.md, section 4"
 */
public final class OAuth1Authenticator implements Authenticator {
    private static final SecretText NO_TOKEN = SecretText.of("");

    private final String consumerKey;
    private final SecretText consumerSecret;
    private final Clock clock;
    private final NonceSource nonces;

    public OAuth1Authenticator(String consumerKey, SecretText consumerSecret, Clock clock, NonceSource nonces) {
        if (consumerKey.isBlank() || consumerSecret.isBlank()) {
            throw new IllegalArgumentException("the consumer key or the consumer secret is blank");
        }
        this.consumerKey = consumerKey;
        this.consumerSecret = consumerSecret;
        this.clock = clock;
        this.nonces = nonces;
    }

    @Override
    public Headers authenticate(WireRequest request) {
        var parameters = List.of(
                new Parameter("oauth_consumer_key", consumerKey),
                new Parameter("oauth_nonce", nonces.next()),
                new Parameter("oauth_signature_method", "HMAC-SHA1"),
                new Parameter("oauth_timestamp", Long.toString(clock.instant().getEpochSecond())),
                new Parameter("oauth_version", "1.0"));
        String signature = OAuth1Signer.sign(request.method(), request.uri(), parameters, consumerSecret, NO_TOKEN);
        return Headers.of("Authorization", Stream.concat(parameters.stream(), Stream.of(new Parameter("oauth_signature", signature)))
                .map(parameter -> parameter.name() + "=\"" + Paths.encode(parameter.value()) + '"')
                .collect(Collectors.joining(", ", "OAuth ", "")));
    }
}
