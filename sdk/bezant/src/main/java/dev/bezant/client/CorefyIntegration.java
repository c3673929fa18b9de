package dev.bezant.client;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Authenticator;
import dev.bezant.sdk.http.Client;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.MetadataProvider;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.http.RetryPolicy;
import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.logging.ObfuscationRule;
import dev.bezant.sdk.logging.Obfuscator;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bezant's Corefy integration API, one method per endpoint. Safe for many threads; make one per pair of keys, share it, close it at the end.
 *
 * <p>What creates something happens once under its reference, or under the idempotence key of its context: if the answer is lost, repeat the call
 * with the same one.
 *
 * @see "docs/guide/corefy-integration.md"
 */
public final class CorefyIntegration extends Client {
    private static final Obfuscator OBFUSCATOR = Obfuscator.builder()
            .property("card_number", ObfuscationRule.allBut(6, 4))
            .property("card_cvv", ObfuscationRule.fixedLength(3))
            .property("client_secret", ObfuscationRule.fixedLength(8))
            .properties(ObfuscationRule.all(), "card_holder_name", "customer_email", "customer_name", "customer_phone", "email", "name", "phone",
                    "billing_first_name", "billing_last_name", "billing_address_line1", "billing_address_line2", "address_line1", "address_line2", "holder")
            .build();

    private final Gateway gateway;

    private CorefyIntegration(Communicator communicator) {
        super(communicator, true);
        gateway = new Gateway(this, communicator);
    }

    /**
     * @param server where Bezant is, such as {@code https://pay.example.com}, without a path
     * @param keys {@code pk_...:sk_...}, as {@code bezant create-api-key} prints it
     */
    public static CorefyIntegration of(URI server, SecretText keys) {
        return of(server, keys, ConnectionOptions.defaults());
    }

    public static CorefyIntegration of(URI server, SecretText keys, ConnectionOptions options) {
        Authenticator bearer = request -> Headers.of("Authorization", "Bearer " + keys.reveal());
        return new CorefyIntegration(Communicator.builder(server)
                .authenticator(bearer)
                .metadata(MetadataProvider.userAgent("bezant-sdk-bezant", ""))
                .marshaller(JacksonMarshaller.plain())
                .obfuscator(OBFUSCATOR)
                .connectionOptions(options)
                // Only what reads, or was not sent: an answer of 504 is an outcome, which a repeat would only give again.
                .retryPolicy(RetryPolicy.standard())
                .idempotenceHeader("Idempotency-Key")
                .build());
    }

    public PaymentIntent createPaymentIntent(NewPaymentIntent intent) {
        return createPaymentIntent(intent, CallContext.none());
    }

    /** Makes an intent; nothing is asked of a provider yet. */
    public PaymentIntent createPaymentIntent(NewPaymentIntent intent, CallContext context) {
        return gateway.fetch(post("payment-intent", intent.body(), context), PaymentIntent::of);
    }

    public Confirmation confirmPaymentIntent(String paymentIntentId, Card card) {
        return confirmPaymentIntent(paymentIntentId, card, CallContext.none());
    }

    /** Pays an intent with a card. */
    public Confirmation confirmPaymentIntent(String paymentIntentId, Card card, CallContext context) {
        return confirm(paymentIntentId, card.body(), context);
    }

    /** Pays an intent with a method saved for its customer. */
    public Confirmation confirmPaymentIntent(String paymentIntentId, String paymentMethodId, CallContext context) {
        return confirm(paymentIntentId, Map.of("payment_method_id", paymentMethodId), context);
    }

    /** @param paymentId of an intent, or of a payment */
    public PaymentIntent getPaymentStatus(String paymentId) {
        return gateway.fetch(get("payment-status", paymentId), PaymentIntent::of);
    }

    public Refund createRefund(String paymentId, @Nullable BigDecimal amount, @Nullable String reason, @Nullable String reference) {
        return createRefund(paymentId, amount, reason, reference, CallContext.none());
    }

    /**
     * Gives money back. A refund of which it is not known yet what became of it is {@code pending}, one that the provider refused {@code failed}.
     *
     * @param paymentId of a payment, or of its intent
     * @param amount in the currency's major unit; null = all that is left
     * @param reference yours; a repeat with the same one gives the same refund
     */
    public Refund createRefund(
            String paymentId, @Nullable BigDecimal amount, @Nullable String reason, @Nullable String reference, CallContext context) {
        var body = new LinkedHashMap<String, Object>();
        body.put("payment_id", paymentId);
        put(body, "amount", amount == null ? null : amount.toPlainString());
        put(body, "reason", reason);
        put(body, "reference_id", reference);
        return gateway.decide(post("refund", body, context), (status, answer) ->
                answer.object("data").filter(data -> status < 300 || data.has("payment_id")).map(Refund::of));
    }

    public Customer createCustomer(NewCustomer customer) {
        return createCustomer(customer, CallContext.none());
    }

    public Customer createCustomer(NewCustomer customer, CallContext context) {
        return gateway.fetch(post("customer", customer.body(), context), Customer::of);
    }

    public Customer getCustomer(String customerId) {
        return gateway.fetch(get("customer", customerId), Customer::of);
    }

    public PaymentMethod createPaymentMethod(String customerId, Card card) {
        return createPaymentMethod(customerId, card, CallContext.none());
    }

    /** Keeps a card with a customer. Its security code is not sent: it must not be kept. */
    public PaymentMethod createPaymentMethod(String customerId, Card card, CallContext context) {
        var body = new LinkedHashMap<>(card.body());
        body.remove("card_cvv");
        body.put("customer_id", customerId);
        return gateway.fetch(post("payment-method", body, context), PaymentMethod::of);
    }

    public List<PaymentMethod> getPaymentMethods(String customerId) {
        return gateway.fetch(get("customer", customerId, "payment-methods"), data -> Gateway.list(data, "payment_methods", PaymentMethod::of));
    }

    public List<SupportedMethod> getSupportedPaymentMethods() {
        return gateway.fetch(get("supported-methods"), data -> Gateway.list(data, "payment_methods", SupportedMethod::of));
    }

    /** Whether the provider can be reached with the account's credentials. */
    public ConnectionTest testConnection() {
        return gateway.decide(get("test-connection"), (status, answer) -> answer.object("data").filter(data -> data.has("success")).map(ConnectionTest::of));
    }

    private Confirmation confirm(String paymentIntentId, Map<String, Object> with, CallContext context) {
        var body = new LinkedHashMap<>(with);
        body.put("payment_intent_id", paymentIntentId);
        return gateway.decide(post("confirm-payment", body, context), Confirmation::of);
    }

    private static ApiRequest get(String... path) {
        return ApiRequest.get(path(path), CallContext.none());
    }

    private static ApiRequest post(String endpoint, Map<String, Object> body, CallContext context) {
        return ApiRequest.post(path(endpoint), body, context).honouringIdempotenceKey();
    }

    private static String path(String... segments) {
        var all = new ArrayList<>(List.of("api", "integrations", "corefy"));
        all.addAll(List.of(segments));
        return Paths.of(all.toArray(String[]::new));
    }

    static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    static @Nullable String text(JsonFields json, String object, String name) {
        return json.object(object).map(inner -> Objects.requireNonNullElse(inner.text(name), "")).filter(text -> !text.isEmpty()).orElse(null);
    }
}
