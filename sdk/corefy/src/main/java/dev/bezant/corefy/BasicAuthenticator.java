package dev.bezant.corefy;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.Authenticator;
import dev.bezant.sdk.http.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * HTTP Basic: the commerce account's id is the user, the API key the password.
 *
 * @see "docs/protocols/corefy.md, section 1"
 */
final class BasicAuthenticator implements Authenticator {
    private final String accountId;
    private final SecretText apiKey;

    BasicAuthenticator(String accountId, SecretText apiKey) {
        this.accountId = accountId;
        this.apiKey = apiKey;
    }

    @Override
    public Headers authenticate(WireRequest request) {
        byte[] pair = (accountId + ':' + apiKey.reveal()).getBytes(StandardCharsets.UTF_8);
        return Headers.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
}
