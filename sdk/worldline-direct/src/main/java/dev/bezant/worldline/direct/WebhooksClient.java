package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.SendTestRequest;
import dev.bezant.worldline.direct.model.ValidateCredentialsRequest;
import dev.bezant.worldline.direct.model.ValidateCredentialsResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The settings of webhooks; {@code dev.bezant.worldline.direct.webhook.Webhooks} reads those received. */
public final class WebhooksClient {
    private final Gateway gateway;

    WebhooksClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Whether a webhook key and its secret fit; {@code Webhooks.credentials} makes the request. */
    public ValidateCredentialsResponse validateWebhookCredentials(ValidateCredentialsRequest request) {
        return validateWebhookCredentials(request, CallContext.none());
    }

    public ValidateCredentialsResponse validateWebhookCredentials(ValidateCredentialsRequest request, CallContext context) {
        return gateway.post("validateWebhookCredentials", context, "webhooks", "validateCredentials").body(request)
                .read(ValidateCredentialsResponse.class);
    }

    public CompletableFuture<ValidateCredentialsResponse> validateWebhookCredentialsAsync(
            ValidateCredentialsRequest request, CallContext context) {
        return gateway.async(() -> validateWebhookCredentials(request, context));
    }

    /** Has a test event sent to an address. */
    public void sendTestWebhook(SendTestRequest request) {
        sendTestWebhook(request, CallContext.none());
    }

    public void sendTestWebhook(SendTestRequest request, CallContext context) {
        gateway.post("sendTestWebhook", context, "webhooks", "sendtest").body(request).done();
    }

    public CompletableFuture<@Nullable Void> sendTestWebhookAsync(SendTestRequest request, CallContext context) {
        return gateway.async(() -> {
            sendTestWebhook(request, context);
            return null;
        });
    }
}
