package dev.bezant.corefy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.Violation;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import java.net.URI;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Cards from server to server: a host of its own, opened by the token in an invoice. Whoever uses it handles card data (PCI DSS SAQ D).
 *
 * <p>A sale is never sent twice. After an exception whose {@code mayHaveTakenEffect()} is true, read the invoice until it tells.
 *
 * @see "docs/protocols/corefy.md, section 4"
 */
public final class CardGate {
    private final Gateway gateway;
    private final boolean testMode;

    CardGate(Gateway gateway, boolean testMode) {
        this.gateway = gateway;
        this.testMode = testMode;
    }

    public SaleOutcome sale(PaymentInvoice invoice, Card card, @Nullable BrowserInfo browser) {
        return sale(invoice, card, browser, CallContext.none());
    }

    /**
     * Charges a card.
     *
     * @param browser optional by the vendor's documentation, demanded by some brands
     * @throws InvalidRequestException with every mistake, before anything is sent; also when the invoice's token is missing or too old
     */
    public SaleOutcome sale(PaymentInvoice invoice, Card card, @Nullable BrowserInfo browser, CallContext context) {
        var violations = new Violations();
        Instant now = gateway.clock().instant();
        card.validate(violations, testMode, YearMonth.from(now.atOffset(ZoneOffset.UTC)));
        if (browser != null) {
            browser.validate(violations);
        }
        SecretText token = token(invoice, violations, now);
        violations.finish();
        Map<String, Object> attributes = card.json();
        Json.put(attributes, "browser_info", browser == null ? null : browser.json());
        return send(token, attributes, context);
    }

    public CompletableFuture<SaleOutcome> saleAsync(PaymentInvoice invoice, Card card, @Nullable BrowserInfo browser, CallContext context) {
        return gateway.async(() -> sale(invoice, card, browser, context));
    }

    public SaleOutcome saleByGooglePay(PaymentInvoice invoice, Map<String, Object> paymentData) {
        return saleByGooglePay(invoice, paymentData, CallContext.none());
    }

    /**
     * Charges what Google Pay returned, with gateway {@code paycoreio} and the commerce account's id as the gateway's merchant.
     *
     * @param paymentData Google's object, as it came
     */
    public SaleOutcome saleByGooglePay(PaymentInvoice invoice, Map<String, Object> paymentData, CallContext context) {
        var violations = new Violations();
        violations.check(!paymentData.isEmpty(), "google_pay", "must not be empty");
        SecretText token = token(invoice, violations, gateway.clock().instant());
        violations.finish();
        return send(token, Map.of("google_pay", paymentData), context);
    }

    public CompletableFuture<SaleOutcome> saleByGooglePayAsync(PaymentInvoice invoice, Map<String, Object> paymentData, CallContext context) {
        return gateway.async(() -> saleByGooglePay(invoice, paymentData, context));
    }

    private SaleOutcome send(SecretText token, Map<String, Object> attributes, CallContext context) {
        Map<String, Object> body = Map.of("data", NewInvoice.ordered("type", "sale-operation", "attributes", attributes));
        ApiRequest request = ApiRequest.post("/payment/sale", body, context)
                .withHeaders(Headers.of("Authorization", "Bearer " + token.reveal()));
        return gateway.decide(request, this::outcome);
    }

    private static SecretText token(PaymentInvoice invoice, Violations violations, Instant now) {
        PaymentInvoice.Flow flow = invoice.flow();
        SecretText token = flow == null ? null : flow.cardGateToken();
        if (flow == null || token == null) {
            throw new InvalidRequestException(List.of(new Violation("invoice", "has no card gate token: its service takes no cards, or it is over")));
        }
        flow.cardGateTokenExpires().ifPresent(expires ->
                violations.check(now.isBefore(expires), "invoice", "has a card gate token that expired at " + expires + "; create another invoice"));
        return token;
    }

    /** Null for what is an error. A refusal may come with an error status too: then the word decides. */
    private @Nullable SaleOutcome outcome(WireResponse response) {
        if (!response.isSuccess() && (response.status() < 400 || response.status() >= 500)) {
            return null;
        }
        JsonFields said;
        try {
            said = said(gateway.json(response));
        } catch (MalformedJsonException e) {
            if (response.isSuccess()) {
                throw e;
            }
            return null;
        }
        String word = said.text("status");
        if (!response.isSuccess()) {
            return "process_failed".equals(word) ? new SaleOutcome.Declined(decline(said)) : null;
        }
        return outcome(said, word);
    }

    private static SaleOutcome outcome(JsonFields said, @Nullable String word) {
        return switch (InvoiceStatus.of(word)) {
            case PROCESSED -> new SaleOutcome.Paid();
            case PROCESS_FAILED -> new SaleOutcome.Declined(decline(said));
            case CREATED, PROCESSING, PROCESS_PENDING, PROCESS_ERROR -> said.object("auth_payload").<SaleOutcome>map(CardGate::challenge)
                    .orElseGet(SaleOutcome.Pending::new);
            case PARTIALLY_PROCESSED, EXPIRED, TERMINATED, REFUNDING, REFUND_PENDING, REFUND_ERROR, PARTIALLY_REFUNDED, REFUNDED, REFUND_FAILED,
                    CHARGED_BACK, PARTIALLY_CHARGED_BACK, UNRECOGNIZED -> new SaleOutcome.Unrecognized(word);
        };
    }

    /** Two shapes are known: flat, and a resource whose attributes say the same. */
    private static JsonFields said(JsonNode body) {
        JsonFields flat = JsonFields.of(body);
        return flat.object("data").flatMap(data -> data.object("attributes")).orElse(flat);
    }

    private static SaleOutcome challenge(JsonFields payload) {
        URI action = Json.uri(payload, "action");
        if (action == null) {
            throw new MalformedJsonException("auth_payload.action is absent", null);
        }
        String method = payload.text("method");
        return new SaleOutcome.ChallengeRequired(new Challenge(action, method == null ? "POST" : method, Json.texts(payload, "params")));
    }

    private static Decline decline(JsonFields said) {
        String resolution = said.text("resolution");
        if (resolution == null) {
            resolution = said.object("active_payment").map(payment -> payment.text("resolution")).orElse(null);
        }
        JsonNode first = said.node().path("errors").path(0).path("title");
        return new Decline(resolution, first.isString() ? first.stringValue() : said.text("resolution_message"), null);
    }
}
