package dev.bezant.worldline.direct.model;

import java.net.URI;
import java.util.Optional;

/** What is read off a new hosted tokenization. */
public interface HostedTokenizationView {
    Optional<String> hostedTokenizationUrl();

    Optional<String> partialRedirectUrl();

    /** Where the form is; empty when the answer holds no http or https address. */
    default Optional<URI> formUrl() {
        return WebAddress.of(hostedTokenizationUrl(), partialRedirectUrl());
    }
}
