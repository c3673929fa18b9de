package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.SecretText;
import java.net.URI;
import java.util.List;

/**
 * Who asks for access tokens, where, and for what.
 *
 * @param tokenUri of the authorization server, which is another host than the API's
 * @param scopes as they are sent; none asks for whatever the server gives by itself
 * @see "docs/protocols/worldline-acquiring.md, section 3"
 */
public record OAuth2Credentials(URI tokenUri, String clientId, SecretText clientSecret, List<String> scopes) {
    public OAuth2Credentials {
        if (tokenUri.getHost() == null || clientId.isBlank() || clientSecret.isBlank()) {
            throw new IllegalArgumentException("the token URI has no host, or the client's id or secret is blank");
        }
        scopes = List.copyOf(scopes);
    }
}
