package dev.bezant.cardinity;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.error.UnreadableMessageException;
import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.sdk.json.Marshaller;
import dev.bezant.sdk.webhook.SecretKeyStore;
import dev.bezant.sdk.webhook.SignatureEncoding;
import dev.bezant.sdk.webhook.WebhooksHelper;
import tools.jackson.databind.JsonNode;

/** Verifies and reads webhooks: {@code X-Cardinity-Signature} is the hexadecimal HMAC-SHA256 of the raw body. Needs no connection. */
public final class Webhooks {
    public static final String SIGNATURE_HEADER = "X-Cardinity-Signature";

    private final WebhooksHelper helper;
    private final Marshaller marshaller = JacksonMarshaller.snakeCase();

    /** @param secrets asked with the empty key id; may hold two secrets while one is being rotated */
    public Webhooks(SecretKeyStore secrets) {
        helper = new WebhooksHelper(secrets, SIGNATURE_HEADER, null, SignatureEncoding.HEX);
    }

    /**
     * @param rawBody exactly the bytes received
     * @throws dev.bezant.sdk.error.SignatureException when it is not genuine: answer 401
     * @throws UnreadableMessageException when it is genuine and not understood
     */
    public WebhookEvent parse(byte[] rawBody, Headers headers) {
        helper.verify(rawBody, headers);
        try {
            return event(JsonFields.of(marshaller.unmarshal(rawBody, JsonNode.class)));
        } catch (MalformedJsonException e) {
            throw new UnreadableMessageException("a genuine webhook cannot be read: " + e.getMessage(), e);
        }
    }

    private static WebhookEvent event(JsonFields json) {
        JsonFields data = json.object("data").orElseThrow(() -> new MalformedJsonException("data is absent", null));
        return new WebhookEvent(
                json.requiredText("type"), json.text("id"), json.instant("created"), data.text("id"), data.text("parent_id"),
                data.text("order_id"), data.text("status"), data.decimal("amount"), Reading.decline(data));
    }
}
