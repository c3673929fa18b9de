package dev.bezant.worldline.direct.model;

import java.net.URI;
import java.util.Optional;

/** Addresses for the payer's browser: http and https alone, so that no answer can put a script there. */
final class WebAddress {
    private WebAddress() {}

    static Optional<URI> of(String text) {
        try {
            URI address = URI.create(text);
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            return web && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The full address where there is one, else the one that lacks its beginning. */
    static Optional<URI> of(Optional<String> full, Optional<String> partial) {
        return full.flatMap(WebAddress::of).or(() -> partial.flatMap(rest -> of("https://payment." + rest)));
    }
}
