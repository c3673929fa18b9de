package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Page;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A merchant of the simulated Corefy, written for the tests alone. */
record Shop(Control control, URI uri, String account, JsonNode credentials) {

    /** A fresh account with these credentials or settings. */
    static Shop of(Control control, String credentials) {
        return of(control, control.post("accounts", "{\"provider\":\"corefy\",\"credentials\":" + credentials + "}").json());
    }

    static Shop of(Control control) {
        return of(control, "{}");
    }

    static Shop of(Control control, JsonNode account) {
        return new Shop(control, URI.create(account.path("url").asString()), account.path("account").asString(), account.path("credentials"));
    }

    String credential(String name) {
        return credentials.path(name).asString();
    }

    Exchange send(String method, String path, @Nullable String body) {
        var pair = credential("account_id") + ":" + credential("api_key");
        return Exchange.send(method, uri.resolve(path), body, Map.of("Content-Type", "application/json",
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    }

    Exchange get(String path) {
        return send("GET", "/api" + path, null);
    }

    Exchange post(String path, String body) {
        return send("POST", "/api" + path, body);
    }

    Exchange create(InvoiceBody body) {
        return post("/payment-invoices", body.toString());
    }

    /** A new invoice for a card. */
    Exchange created(InvoiceBody body) {
        var made = create(body);
        if (made.status() != 201) {
            throw new AssertionError(made.status() + " " + made.body());
        }
        return made;
    }

    Exchange sale(Exchange created, String attributes) {
        return Exchange.send("POST", URI.create(credential("card_gate_url") + "/payment/sale"),
                "{\"data\":{\"type\":\"sale-operation\",\"attributes\":" + attributes + "}}", Map.of("Content-Type", "application/json",
                        "Authorization", "Bearer " + created.at("/data/attributes/flow_data/metadata/token")));
    }

    /** @param expiry four digits */
    static String card(String pan, String expiry) {
        return "{\"card_number\":\"" + pan + "\",\"card_holder\":\"Ona Petraite\",\"cvv\":\"123\",\"exp_month\":\"" + expiry.substring(0, 2)
                + "\",\"exp_year\":\"" + expiry.substring(2) + "\"}";
    }

    Exchange sale(Exchange created, String pan, String expiry) {
        return sale(created, card(pan, expiry));
    }

    /** Charges a card for a new invoice. */
    Exchange pay(InvoiceBody body, String pan) {
        return sale(created(body), pan, "1240");
    }

    /** A paid invoice's id. */
    String paid(InvoiceBody body) {
        return paid(body, "5519283812030000");
    }

    String paid(InvoiceBody body, String pan) {
        var created = created(body);
        var sale = sale(created, pan, "1240");
        if (!sale.at("/status").equals("processed")) {
            throw new AssertionError(sale.body());
        }
        return created.at("/data/id");
    }

    Exchange invoice(String id) {
        return get("/payment-invoices/" + id);
    }

    String status(String id) {
        return invoice(id).at("/data/attributes/status");
    }

    String resolution(String id) {
        return invoice(id).at("/data/attributes/resolution");
    }

    Exchange refund(String id, @Nullable String amount, String reference) {
        return refund(id, amount, reference, null);
    }

    Exchange refund(String id, @Nullable String amount, String reference, @Nullable String description) {
        return post("/payment-invoices/" + id + "/refund", "{\"data\":{\"type\":\"refund\",\"attributes\":{\"invoiceId\":\"" + id + "\","
                + (amount == null ? "" : "\"amount\":" + amount + ",") + (description == null ? "" : "\"description\":\"" + description + "\",")
                + "\"reference_id\":\"" + reference + "\"}}}");
    }

    Exchange payout(String attributes) {
        return post("/payout-invoices", "{\"data\":{\"type\":\"payout-invoice\",\"attributes\":" + attributes + "}}");
    }

    List<String> movements() {
        return control.ledger("provider=corefy&account=" + account).stream()
                .map(entry -> entry.path("kind").asString() + " " + entry.path("amount").asLong() + " " + entry.path("currency").asString()).toList();
    }

    List<String> references() {
        return control.ledger("provider=corefy&account=" + account).stream().map(entry -> entry.path("reference").asString("")).toList();
    }

    /** What a browser does with a challenge; the answer is where Corefy sends it. */
    static Page throughChallenge(JsonNode authPayload, String decision) {
        var fields = new LinkedHashMap<String, String>();
        authPayload.path("params").properties().forEach(param -> fields.put(param.getKey(), param.getValue().asString()));
        var choice = Page.post(authPayload.path("action").asString(), fields);
        var decided = new LinkedHashMap<>(choice.fields());
        decided.put("decision", decision);
        var origin = URI.create(authPayload.path("action").asString());
        var back = Page.post(origin.resolve(choice.action()).toString(), decided);
        return Page.post(origin.resolve(back.action()).toString(), back.fields());
    }

    static String fresh() {
        return "ORD-" + UUID.randomUUID();
    }

    static List<String> texts(JsonNode array, String pointer) {
        var texts = new ArrayList<String>();
        array.forEach(item -> texts.add(item.at(pointer).asString("")));
        return texts;
    }
}
