package dev.bezant.worldline.direct.model;

import java.net.URI;
import java.util.Optional;

/** What is read off a new hosted checkout. */
public interface HostedCheckoutView {
    Optional<String> redirectUrl();

    Optional<String> partialRedirectUrl();

    /** Where to send the payer's browser; empty when the answer holds no http or https address. */
    default Optional<URI> pageUrl() {
        return WebAddress.of(redirectUrl(), partialRedirectUrl());
    }
}
