package dev.bezant.corefy;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
import dev.bezant.sdk.error.UnreadableMessageException;
import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.sdk.json.Marshaller;
import dev.bezant.sdk.webhook.HmacSha256;
import dev.bezant.sdk.webhook.InMemorySecretKeyStore;
import dev.bezant.sdk.webhook.SecretKeyStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Verifies and reads callbacks. Both dialects sign in {@code X-Signature}, each in its own way; a signature of the other dialect is refused. Needs no
 * connection. Answer 200 once the callback is stored: nothing else stops Corefy from sending it again.
 *
 * @see "docs/protocols/corefy.md, section 10"
 */
public final class Callbacks {
    public static final String SIGNATURE_HEADER = "X-Signature";

    private static final Set<String> EVENT_KNOWN = Set.of("event_type", "event_id", "event_time", "payment_id", "payment_intent_id", "customer_id",
            "reference_id", "status", "amount", "currency");

    private final Dialect dialect;
    private final SecretKeyStore secrets;
    private final Marshaller marshaller = JacksonMarshaller.plain();

    /** @param secrets asked with the empty key id, since Corefy names none; may hold several while one is being rotated */
    public Callbacks(Dialect dialect, SecretKeyStore secrets) {
        this.dialect = dialect;
        this.secrets = secrets;
    }

    /** With the secrets of the settings. */
    public static Callbacks of(CorefyConfig config) {
        var store = new InMemorySecretKeyStore();
        config.callbackSecrets().forEach(secret -> store.store("", secret));
        return new Callbacks(config.dialect(), store);
    }

    /**
     * @param rawBody exactly the bytes received
     * @throws SignatureException when it is not genuine, or signed with the secret of the other mode: answer 401
     * @throws UnreadableMessageException when it is genuine and not understood
     */
    public Callback parse(byte[] rawBody, Headers headers) {
        SecretText secret = verified(rawBody, signature(headers));
        Callback callback;
        try {
            JsonNode json = marshaller.unmarshal(rawBody, JsonNode.class);
            callback = dialect == Dialect.INVOICES ? resource(json) : event(JsonFields.of(json));
        } catch (MalformedJsonException e) {
            throw new UnreadableMessageException("a genuine callback cannot be read: " + e.getMessage(), e);
        }
        refuseOtherMode(callback, secret);
        return callback;
    }

    /** The secret that made the signature. Every one is tried, so that the time taken does not tell which fits. */
    private SecretText verified(byte[] body, byte[] signature) {
        SecretText fitting = null;
        for (SecretText secret : secrets.secretKeys("")) {
            byte[] expected = dialect == Dialect.INVOICES ? sandwich(body, secret) : HmacSha256.sign(body, secret);
            if (MessageDigest.isEqual(expected, signature)) {
                fitting = secret;
            }
        }
        if (fitting == null) {
            throw new SignatureException("the signature in " + SIGNATURE_HEADER + " does not fit the body");
        }
        return fitting;
    }

    /** {@code SHA1(secret + body + secret)}: the length extension that plain hashing invites is cut off by the secret at the end. */
    static byte[] sandwich(byte[] body, SecretText secret) {
        try {
            byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(key);
            sha1.update(body);
            return sha1.digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-1", e);
        }
    }

    private byte[] signature(Headers headers) {
        List<String> values = headers.all(SIGNATURE_HEADER);
        if (values.size() != 1) {
            throw new SignatureException("expected exactly one header " + SIGNATURE_HEADER + ", found " + values.size());
        }
        String text = values.get(0).trim();
        String form = dialect == Dialect.INVOICES ? "[A-Za-z0-9+/]{27}=" : "[0-9a-f]{64}";
        if (!text.matches(form)) {
            throw new SignatureException("the signature in " + SIGNATURE_HEADER + " has not the form of the dialect " + dialect.word());
        }
        return dialect == Dialect.INVOICES ? Base64.getDecoder().decode(text) : HexFormat.of().parseHex(text);
    }

    private static Callback resource(JsonNode json) {
        Resource resource = Resource.of(json);
        return switch (resource.type()) {
            case "payment-invoice", "payment-invoices" -> new Callback.Payment(PaymentInvoice.of(resource));
            case "payout-invoice", "payout-invoices" -> new Callback.Payout(PayoutInvoice.of(resource));
            default -> new Callback.Unrecognized(resource.type(), resource.id());
        };
    }

    private static Callback event(JsonFields json) {
        return new Callback.IntentEvent(json.requiredText("event_type"), json.requiredText("event_id"), IntentReading.time(json, "event_time"),
                json.text("payment_id"), json.text("payment_intent_id"), json.text("customer_id"), json.text("reference_id"), json.text("status"),
                json.decimal("amount"), json.text("currency"), Json.others(json.node(), EVENT_KNOWN));
    }

    /** A test key that leaks must not be able to say anything about real money. */
    private static void refuseOtherMode(Callback callback, SecretText secret) {
        Boolean testMode = testMode(callback);
        String text = secret.reveal();
        if (testMode != null && (testMode ? text.startsWith("sk_live_") : text.startsWith("sk_test_"))) {
            throw new SignatureException("a callback about " + (testMode ? "a test" : "a live") + " operation was signed with a key of the other mode");
        }
    }

    private static @Nullable Boolean testMode(Callback callback) {
        if (callback instanceof Callback.Payment payment) {
            return payment.invoice().testMode();
        }
        return callback instanceof Callback.Payout payout ? payout.payout().testMode() : null;
    }
}
