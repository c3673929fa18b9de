package dev.bezant.interop;

import com.stripe.Stripe;
import com.stripe.StripeClient;

/** The unmodified client of Maven Central, with nothing but its address and key changed. */
final class StripeClients {
    static {
        // It would write a file into the user's home.
        Stripe.enableTelemetry = false;
    }

    private StripeClients() {}

    static StripeClient merchant() {
        return of(BezantProcess.shared().secretKey());
    }

    static StripeClient of(String key) {
        return at(BezantProcess.shared().url(), key);
    }

    static StripeClient at(String url, String key) {
        StripeClient stripe = StripeClient.builder()
                .setApiKey(key)
                .setApiBase(url)
                .setFilesBase(url)
                .setConnectBase(url)
                .setMaxNetworkRetries(2)
                .build();
        return stripe;
    }
}
