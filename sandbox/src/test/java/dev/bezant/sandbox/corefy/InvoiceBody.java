package dev.bezant.sandbox.corefy;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request for an invoice in the making: a valid one with a fresh reference to begin with. */
final class InvoiceBody {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode attributes = (ObjectNode) JSON.readTree("""
            {"service":"payment_card_eur_hpp","currency":"EUR","amount":50.00,"test_mode":true}""");

    InvoiceBody() {
        attributes.put("reference_id", Shop.fresh());
    }

    static InvoiceBody of(String reference) {
        return new InvoiceBody().with("reference_id", "\"" + reference + "\"");
    }

    static InvoiceBody amount(String amount) {
        return new InvoiceBody().with("amount", amount);
    }

    InvoiceBody described(String text) {
        return with("description", "\"" + text + "\"");
    }

    InvoiceBody customer(String reference) {
        return with("customer", "{\"reference_id\":\"" + reference + "\",\"email\":\"ona@example.com\"}");
    }

    InvoiceBody tokenize() {
        return with("gateway_options", "{\"cardgate\":{\"tokenize\":true}}");
    }

    InvoiceBody instant(String token) {
        return with("token", "\"" + token + "\"").with("gateway_options", "{\"cardgate\":{\"instant\":true}}");
    }

    InvoiceBody returning() {
        return with("return_urls",
                "{\"success\":\"https://shop.example/ok\",\"pending\":\"https://shop.example/wait\",\"fail\":\"https://shop.example/no\"}");
    }

    InvoiceBody with(String name, String json) {
        attributes.set(name, JSON.readTree(json));
        return this;
    }

    InvoiceBody without(String name) {
        attributes.remove(name);
        return this;
    }

    String reference() {
        return attributes.path("reference_id").asString();
    }

    @Override
    public String toString() {
        return "{\"data\":{\"type\":\"payment-invoices\",\"attributes\":" + attributes + "}}";
    }
}
