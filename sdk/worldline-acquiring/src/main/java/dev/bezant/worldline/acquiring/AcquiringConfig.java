package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.ConnectionOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to know, from a file or from code.
 *
 * @param endpoint of the API, such as {@link #TEST_ENDPOINT}; scheme, host and port only
 * @param tokenUri of the authorization server; the address, unlike the API's, has a path
 * @param clientId differs between test and live, as does its secret
 * @param scopes what tokens shall permit: {@link Scope#all()}, or less
 * @param integrator the merchant's company or software; the platform wants it named
 * @param shoppingCartExtension for writers of shop plugins; null for others
 * @see "docs/protocols/worldline-acquiring.md, section 6"
 */
public record AcquiringConfig(
        URI endpoint,
        URI tokenUri,
        String clientId,
        SecretText clientSecret,
        List<String> scopes,
        String integrator,
        @Nullable ShoppingCartExtension shoppingCartExtension,
        ConnectionOptions connection) {
    /** Without financial effect. The live host is told to merchants by the vendor. */
    public static final URI TEST_ENDPOINT = URI.create("https://api.preprod.acquiring.worldline-solutions.com");
    /** The test platform's authorization server. */
    public static final URI TEST_TOKEN_URI = URI.create("https://auth-test-eu-west-1.aws.bambora.com/connect/token");

    /** As many as the vendor's own libraries open. */
    static final int MAX_CONNECTIONS = 10;

    public AcquiringConfig {
        scopes = List.copyOf(scopes);
    }

    /**
     * Reads {@code acquiring.api.endpoint.host}, {@code .oauth2.tokenUri} and {@code .integrator}, and where given {@code .endpoint.scheme}, {@code
     * .endpoint.port}, {@code .authorizationType}, {@code .oauth2.scopes} (separated by blanks), {@code .connectTimeout}, {@code .socketTimeout},
     * {@code .connectionRequestTimeout}, {@code .totalTimeout} (milliseconds), {@code .maxConnections}, {@code .connectionReuse}, {@code
     * .https.protocols}, {@code .proxy.uri}, {@code .proxy.username}, {@code .proxy.password}, {@code .shoppingCartExtension.creator}, {@code .name},
     * {@code .version}, {@code .extensionId}. A file that begins with {@code [AcquiringSDK]}, as the vendor's page for other languages shows it, is
     * read as it is meant there: time limits in seconds, comments behind values. A time limit of -1 leaves the total one alone.
     *
     * @throws dev.bezant.sdk.error.ConfigurationException with every mistake
     */
    public static AcquiringConfig fromProperties(Path file, String clientId, SecretText clientSecret) {
        return ConfigReading.read(file, clientId, clientSecret);
    }

    public static AcquiringConfig fromProperties(Properties properties, String clientId, SecretText clientSecret) {
        return ConfigReading.read(properties, "properties", clientId, clientSecret);
    }
}
