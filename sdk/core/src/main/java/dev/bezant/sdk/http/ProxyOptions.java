package dev.bezant.sdk.http;

import dev.bezant.sdk.SecretText;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on the way to the provider.
 *
 * @param uri scheme http or https, host, and port where it is not the scheme's own
 * @param username null for a proxy without credentials; set together with the password
 */
public record ProxyOptions(URI uri, @Nullable String username, @Nullable SecretText password) {
    public ProxyOptions {
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("the proxy is '" + uri + "', expected something like http://proxy.example:3128");
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("a proxy's user name and password are given together or not at all");
        }
    }

    public static ProxyOptions of(URI uri) {
        return new ProxyOptions(uri, null, null);
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
