package dev.bezant.corefy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Customers of the intents dialect and what they saved.
 *
 * @see "docs/protocols/corefy.md, section 13"
 */
public final class IntentCustomers {
    private final Gateway gateway;
    private final boolean testMode;

    IntentCustomers(Gateway gateway, boolean testMode) {
        this.gateway = gateway;
        this.testMode = testMode;
    }

    public IntentCustomer create(String email, @Nullable String name, @Nullable String phone, @Nullable Address address) {
        return create(email, name, phone, address, CallContext.none());
    }

    public IntentCustomer create(String email, @Nullable String name, @Nullable String phone, @Nullable Address address, CallContext context) {
        var violations = new Violations();
        violations.matches("email", email, "[^@\\s]+@[^@\\s]+", "must be an e-mail address");
        violations.length("name", name, 0, 100);
        violations.length("phone", phone, 0, 20);
        violations.finish();
        var body = new LinkedHashMap<String, Object>();
        body.put("email", email);
        Json.put(body, "name", name);
        Json.put(body, "phone", phone);
        if (address != null) {
            body.put("metadata", Map.of("address", address.json()));
        }
        return gateway.call(ApiRequest.post("/customers", body, context), json -> IntentCustomer.of(JsonFields.of(json)));
    }

    public CompletableFuture<IntentCustomer> createAsync(
            String email, @Nullable String name, @Nullable String phone, @Nullable Address address, CallContext context) {
        return gateway.async(() -> create(email, name, phone, address, context));
    }

    public IntentCustomer get(String id, CallContext context) {
        return gateway.call(ApiRequest.get(Paths.of("customers", id), context), json -> {
            IntentCustomer customer = IntentCustomer.of(JsonFields.of(json));
            if (!id.equals(customer.id())) {
                throw new MalformedJsonException("the customer is not the one asked for", null);
            }
            return customer;
        });
    }

    public CompletableFuture<IntentCustomer> getAsync(String id, CallContext context) {
        return gateway.async(() -> get(id, context));
    }

    /** Saves a card for a customer. A card's verification code is not sent: it must not be kept. */
    public IntentPaymentMethod saveCard(String customerId, Card card, CallContext context) {
        var violations = new Violations();
        card.validate(violations, testMode, YearMonth.from(gateway.clock().instant().atOffset(ZoneOffset.UTC)));
        violations.finish();
        var data = new LinkedHashMap<String, Object>();
        data.put("card_number", card.number().reveal());
        data.put("expiry_month", Card.twoDigits(card.expiryMonth()));
        data.put("expiry_year", Integer.toString(2000 + card.expiryYear() % 100));
        Json.put(data, "holder_name", card.holder());
        Map<String, Object> body = NewInvoice.ordered("customer_id", customerId, "type", "card", "data", data);
        return gateway.call(ApiRequest.post("/payment-methods", body, context), json -> IntentPaymentMethod.of(JsonFields.of(json)));
    }

    public CompletableFuture<IntentPaymentMethod> saveCardAsync(String customerId, Card card, CallContext context) {
        return gateway.async(() -> saveCard(customerId, card, context));
    }

    public List<IntentPaymentMethod> paymentMethods(String customerId, CallContext context) {
        return gateway.call(ApiRequest.get(Paths.of("customers", customerId, "payment-methods"), context), json -> {
            var methods = new ArrayList<IntentPaymentMethod>();
            for (JsonNode item : list(json)) {
                methods.add(IntentPaymentMethod.of(JsonFields.of(item)));
            }
            return List.copyOf(methods);
        });
    }

    public CompletableFuture<List<IntentPaymentMethod>> paymentMethodsAsync(String customerId, CallContext context) {
        return gateway.async(() -> paymentMethods(customerId, context));
    }

    /** Codes of what the account can be paid by, such as {@code card}. */
    public List<String> supportedMethods(CallContext context) {
        return gateway.call(ApiRequest.get("/payment-methods/supported", context), json -> {
            var codes = new ArrayList<String>();
            for (JsonNode item : list(json)) {
                codes.add(item.isString() ? item.stringValue() : JsonFields.of(item).requiredText("code"));
            }
            return List.copyOf(codes);
        });
    }

    public CompletableFuture<List<String>> supportedMethodsAsync(CallContext context) {
        return gateway.async(() -> supportedMethods(context));
    }

    /** A bare array, or one in {@code payment_methods} or {@code data}. */
    private static JsonNode list(JsonNode json) {
        for (JsonNode candidate : List.of(json, json.path("payment_methods"), json.path("data"), json.path("data").path("payment_methods"))) {
            if (candidate.isArray()) {
                return candidate;
            }
        }
        throw new MalformedJsonException("the body holds no list", null);
    }
}
