package dev.bezant.sandbox.worldlineacquiring;

import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request with a card in the making: that of the vendor's own integration test to begin with. */
final class PaymentRequest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode body = (ObjectNode) JSON.readTree("""
            {"transactionTimestamp":"2026-01-02T03:04:05+01:00","authorizationType":"PRE_AUTHORIZATION",
             "amount":{"amount":200,"currencyCode":"GBP","numberOfDecimals":2},
             "cardPaymentData":{"cardEntryMode":"ECOMMERCE","cardholderVerificationMethod":"CARD_SECURITY_CODE","allowPartialApproval":false,
              "captureImmediately":false,"brand":"VISA",
              "cardData":{"cardNumber":"4176669999000104","cardSecurityCode":"012","expiryDate":"122040"}}}""");

    PaymentRequest() {
        body.put("operationId", UUID.randomUUID().toString());
    }

    static PaymentRequest of(long amount) {
        return new PaymentRequest().amount(amount);
    }

    static PaymentRequest card(String number) {
        return new PaymentRequest().with("cardPaymentData.cardData.cardNumber", "\"" + number + "\"");
    }

    static PaymentRequest sale(long amount) {
        return of(amount).sale();
    }

    PaymentRequest amount(long amount) {
        return with("amount.amount", Long.toString(amount));
    }

    PaymentRequest sale() {
        return with("cardPaymentData.captureImmediately", "true");
    }

    PaymentRequest id(String operationId) {
        return with("operationId", "\"" + operationId + "\"");
    }

    PaymentRequest reference(String reference) {
        return with("references", "{\"merchantReference\":\"" + reference + "\"}");
    }

    String id() {
        return body.path("operationId").asString();
    }

    /** Sets the field at a dotted path to a JSON value. */
    PaymentRequest with(String path, String json) {
        parent(path).set(name(path), JSON.readTree(json));
        return this;
    }

    PaymentRequest without(String path) {
        parent(path).remove(name(path));
        return this;
    }

    private ObjectNode parent(String path) {
        JsonNode node = body;
        var names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            var next = node.path(names[i]);
            node = next.isObject() ? next : ((ObjectNode) node).putObject(names[i]);
        }
        return (ObjectNode) node;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return body.toString();
    }
}
