package dev.bezant.sdk.http;

import dev.bezant.sdk.Headers;

/** The headers that say which software is calling. Called for every attempt. */
@FunctionalInterface
public interface MetadataProvider {
    Headers headers();

    /**
     * A {@code User-Agent} that names the SDK and the integrator.
     *
     * @param sdk such as {@code bezant-sdk-cardinity/0.1.0}
     * @param integrator the merchant's software, may be empty
     */
    static MetadataProvider userAgent(String sdk, String integrator) {
        var headers = Headers.of("User-Agent", integrator.isBlank() ? sdk : sdk + " (" + integrator + ")");
        return () -> headers;
    }
}
