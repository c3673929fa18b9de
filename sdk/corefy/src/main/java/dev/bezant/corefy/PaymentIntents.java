package dev.bezant.corefy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Payment intents: create, confirm, read. Nothing that changes something is ever sent twice, since the dialect has nothing that would make that safe.
 *
 * @see "docs/protocols/corefy.md, section 13"
 */
public final class PaymentIntents {
    private final Gateway gateway;
    private final boolean testMode;

    PaymentIntents(Gateway gateway, boolean testMode) {
        this.gateway = gateway;
        this.testMode = testMode;
    }

    public PaymentIntent create(NewIntent intent) {
        return create(intent, CallContext.none());
    }

    /** Moves no money; {@link #confirm} does. */
    public PaymentIntent create(NewIntent intent, CallContext context) {
        return gateway.call(ApiRequest.post("/payment-intents", intent.json(), context), json -> PaymentIntent.of(JsonFields.of(json)));
    }

    public CompletableFuture<PaymentIntent> createAsync(NewIntent intent, CallContext context) {
        return gateway.async(() -> create(intent, context));
    }

    public IntentOutcome confirm(String id, Card card, @Nullable BrowserInfo browser) {
        return confirm(id, card, browser, CallContext.none());
    }

    /** Pays with a card. After an exception whose {@code mayHaveTakenEffect()} is true, {@link #get} the intent until it tells. */
    public IntentOutcome confirm(String id, Card card, @Nullable BrowserInfo browser, CallContext context) {
        var violations = new Violations();
        card.validate(violations, testMode, YearMonth.from(gateway.clock().instant().atOffset(ZoneOffset.UTC)));
        if (browser != null) {
            browser.validate(violations);
        }
        violations.finish();
        var json = new LinkedHashMap<String, Object>();
        json.put("card_number", card.number().reveal());
        json.put("card_expiry_month", Card.twoDigits(card.expiryMonth()));
        json.put("card_expiry_year", Integer.toString(2000 + card.expiryYear() % 100));
        Json.put(json, "card_cvv", card.cvv() == null ? null : card.cvv().reveal());
        Json.put(json, "card_holder_name", card.holder());
        if (browser != null) {
            json.put("browser_info", browser.json());
            json.put("customer_ip", browser.ip());
        }
        return confirm(id, json, context);
    }

    public CompletableFuture<IntentOutcome> confirmAsync(String id, Card card, @Nullable BrowserInfo browser, CallContext context) {
        return gateway.async(() -> confirm(id, card, browser, context));
    }

    public IntentOutcome confirmSaved(String id, String paymentMethodId) {
        return confirmSaved(id, paymentMethodId, CallContext.none());
    }

    /** Pays with a saved payment method. */
    public IntentOutcome confirmSaved(String id, String paymentMethodId, CallContext context) {
        return confirm(id, Map.of("payment_method_id", paymentMethodId), context);
    }

    public CompletableFuture<IntentOutcome> confirmSavedAsync(String id, String paymentMethodId, CallContext context) {
        return gateway.async(() -> confirmSaved(id, paymentMethodId, context));
    }

    public PaymentIntent get(String id) {
        return get(id, CallContext.none());
    }

    /** @param id of the intent or of its payment */
    public PaymentIntent get(String id, CallContext context) {
        return gateway.call(ApiRequest.get(Paths.of("payments", id), context), json -> {
            PaymentIntent intent = PaymentIntent.of(JsonFields.of(json));
            if (!id.equals(intent.id()) && !id.equals(intent.paymentId())) {
                throw new MalformedJsonException("the payment is not the one asked for", null);
            }
            return intent;
        });
    }

    public CompletableFuture<PaymentIntent> getAsync(String id, CallContext context) {
        return gateway.async(() -> get(id, context));
    }

    private IntentOutcome confirm(String id, Map<String, Object> body, CallContext context) {
        return gateway.decide(ApiRequest.post(Paths.of("payment-intents", id, "confirm"), body, context), response -> outcome(id, response));
    }

    /** Null for what is an error. 402 is a refused card. */
    private @Nullable IntentOutcome outcome(String id, WireResponse response) {
        if (!response.isSuccess() && response.status() != 402) {
            return null;
        }
        JsonFields json = JsonFields.of(gateway.json(response));
        if (response.isSuccess()) {
            PaymentIntent intent = PaymentIntent.of(json);
            if (!id.equals(intent.id())) {
                throw new MalformedJsonException("the intent is not the one confirmed", null);
            }
            return IntentOutcome.of(intent);
        }
        if (!json.has("error_code")) {
            return null;
        }
        return new IntentOutcome.Declined(json.object("payment_intent").map(PaymentIntent::of).orElse(null), PaymentIntent.LastError.of(json));
    }
}
