package dev.bezant.worldline.direct.webhook;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
import dev.bezant.sdk.error.UnreadableMessageException;
import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.sdk.json.Marshaller;
import dev.bezant.sdk.model.ModelType;
import dev.bezant.sdk.webhook.HmacSha256;
import dev.bezant.sdk.webhook.SecretKeyStore;
import dev.bezant.sdk.webhook.SignatureEncoding;
import dev.bezant.sdk.webhook.WebhooksHelper;
import dev.bezant.worldline.direct.model.ValidateCredentialsRequest;
import dev.bezant.worldline.direct.model.WebhooksEvent;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks and reads webhooks. Immutable, safe for many threads.
 *
 * @see "docs/protocols/worldline-direct.md, section 10"
 */
public final class Webhooks {
    /** Of events; the API's own version is another. */
    public static final String API_VERSION = "v1";
    public static final String SIGNATURE_HEADER = "X-GCS-Signature";
    public static final String KEY_ID_HEADER = "X-GCS-KeyId";

    private static final Marshaller JSON = JacksonMarshaller.plain();

    private final Function<String, @Nullable SecretKeyStore> keysOfMerchant;

    private Webhooks(Function<String, @Nullable SecretKeyStore> keysOfMerchant) {
        this.keysOfMerchant = keysOfMerchant;
    }

    /** @param keys of one account */
    public static Webhooks of(SecretKeyStore keys) {
        return new Webhooks(merchantId -> keys);
    }

    /**
     * For events of several accounts at one address. Key ids are unique within an account only, so each has a store of its own.
     *
     * @param keysOfMerchant the store of an account by its PSPID; null for an account that is not known
     */
    public static Webhooks ofMerchants(Function<String, @Nullable SecretKeyStore> keysOfMerchant) {
        return new Webhooks(keysOfMerchant);
    }

    /**
     * @param body exactly the bytes received
     * @param headers of the request
     * @throws SignatureException when it is not provably the platform's; {@link dev.bezant.sdk.error.UnknownKeyException} when it is a key's that is
     *     not in the store
     * @throws ApiVersionMismatchException when it is genuine, but of another version
     * @throws UnreadableMessageException when it is genuine, but cannot be read
     */
    public WebhookEvent parse(byte[] body, Headers headers) {
        // Whose keys apply is in the body, which is believed only after one of them fits it.
        @Nullable WebhooksEvent claimed = read(body);
        String merchantId = claimed == null ? "" : claimed.merchantId().orElse("");
        SecretKeyStore keys = keysOfMerchant.apply(merchantId);
        if (keys == null) {
            throw new SignatureException("no keys are known for the merchant '" + merchantId + "'");
        }
        new WebhooksHelper(keys, SIGNATURE_HEADER, KEY_ID_HEADER, SignatureEncoding.BASE64).verify(body, headers);
        if (claimed == null) {
            throw new UnreadableMessageException("the webhook is genuine, but not one event: its body has " + body.length + " bytes", null);
        }
        String version = claimed.apiVersion().orElse("");
        if (!version.equals(API_VERSION)) {
            throw new ApiVersionMismatchException(version);
        }
        return WebhookEvent.of(claimed);
    }

    /** For {@code webhooks().validateWebhookCredentials}: the platform compares signatures of an empty body, the secret itself is not sent. */
    public static ValidateCredentialsRequest credentials(String keyId, SecretText secret) {
        String signature = Base64.getEncoder().encodeToString(HmacSha256.sign(new byte[0], secret));
        return ValidateCredentialsRequest.builder().key(keyId).secret(SecretText.of(signature)).build();
    }

    /** One event, or the only one of an array, which one page of the vendor's shows; null for anything else. */
    private static @Nullable WebhooksEvent read(byte[] body) {
        try {
            JsonNode json = JSON.unmarshal(body, JsonNode.class);
            return ModelType.of(WebhooksEvent.class).read(json.isArray() && json.size() == 1 ? json.get(0) : json);
        } catch (MalformedJsonException e) {
            return null;
        }
    }
}
