package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A merchant of the simulated acquirer, written for the tests alone. The token is fetched when first needed, and kept. */
final class Acquirer {
    private final Control control;
    private final URI uri;
    private final String account;
    private final JsonNode credentials;
    private @Nullable String token;

    private Acquirer(Control control, JsonNode account) {
        this.control = control;
        this.uri = URI.create(account.path("url").asString());
        this.account = account.path("account").asString();
        this.credentials = account.path("credentials");
    }

    /** A fresh account whose tokens last while tests move the clock. */
    static Acquirer of(Control control) {
        return of(control, "{\"token_seconds\":\"31536000\"}");
    }

    /** A fresh account with these credentials or settings. */
    static Acquirer of(Control control, String settings) {
        return of(control, control.post("accounts", "{\"provider\":\"worldline-acquiring\",\"credentials\":" + settings + "}").json());
    }

    static Acquirer of(Control control, JsonNode account) {
        return new Acquirer(control, account);
    }

    static Acquirer named(Control control, String name) {
        return of(control, control.get("accounts?provider=worldline-acquiring&account=" + name).json().path("data").path(0));
    }

    String account() {
        return account;
    }

    URI uri() {
        return uri;
    }

    String credential(String name) {
        return credentials.path(name).asString();
    }

    /** The token endpoint's answer to these fields. */
    Exchange askForToken(Map<String, String> fields) {
        var form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&").append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return Exchange.send("POST", URI.create(credential("token_url")), form.toString(),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    Map<String, String> clientCredentials() {
        var fields = new HashMap<String, String>();
        fields.put("grant_type", "client_credentials");
        fields.put("client_id", credential("client_id"));
        fields.put("client_secret", credential("client_secret"));
        return fields;
    }

    /** A fresh token, which is used from now on. */
    String newToken() {
        var text = askForToken(clientCredentials()).at("/access_token");
        token = text;
        return text;
    }

    Exchange send(String method, String path, @Nullable String body) {
        var bearer = token == null ? newToken() : token;
        var headers = new HashMap<>(Map.of("Authorization", "Bearer " + bearer));
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        return Exchange.send(method, uri.resolve(path), body, headers);
    }

    /** Under the merchant's own part of the API. */
    String processing(String path) {
        return "/processing/v1/" + credential("acquirer_id") + "/" + credential("merchant_id") + path;
    }

    Exchange get(String path) {
        return send("GET", processing(path), null);
    }

    Exchange post(String path, String body) {
        return send("POST", processing(path), body);
    }

    Exchange pay(PaymentRequest request) {
        return post("/payments", request.toString());
    }

    /** Makes an approved payment and returns its id. */
    String paid(PaymentRequest request) {
        var made = pay(request);
        if (made.status() != 201 || !made.at("/responseCode").equals("0")) {
            throw new AssertionError(made.status() + " " + made.body());
        }
        return made.at("/paymentId");
    }

    String status(String paymentId) {
        return get("/payments/" + paymentId).at("/status");
    }

    /** What a payment or refund lists as done, as "type amount category". */
    List<String> operations(String path) {
        var list = new ArrayList<String>();
        get(path + "?returnOperations=true").json().path("operations").forEach(operation -> list.add(operation.path("operationType").asString()
                + " " + operation.at("/amount/amount").asLong() + " " + operation.path("responseCodeCategory").asString()));
        return list;
    }

    Exchange capture(String paymentId, String members) {
        return post("/payments/" + paymentId + "/captures", operation(members));
    }

    Exchange reverse(String paymentId, String members) {
        return post("/payments/" + paymentId + "/authorization-reversals", operation(members));
    }

    Exchange increment(String paymentId, String members) {
        return post("/payments/" + paymentId + "/increments", operation(members));
    }

    /** Carried out at once, unless the members say otherwise. */
    Exchange refund(String paymentId, String members) {
        return post("/payments/" + paymentId + "/refunds", operation(members.contains("captureImmediately") ? members
                : members + (members.isEmpty() ? "" : ",") + "\"captureImmediately\":true"));
    }

    Exchange takeBack(String operationId) {
        return post("/operations/" + operationId + "/reverse", operation("\"reason\":\"TIMEOUT\""));
    }

    /** A request with a fresh id, unless the members name one. */
    static String operation(String members) {
        var id = members.contains("\"operationId\"") ? "" : "\"operationId\":\"" + UUID.randomUUID() + "\"";
        return "{" + id + (id.isEmpty() || members.isEmpty() ? "" : ",") + members + "}";
    }

    static String amount(String name, long amount) {
        return "\"" + name + "\":{\"amount\":" + amount + ",\"currencyCode\":\"GBP\",\"numberOfDecimals\":2}";
    }

    List<String> movements() {
        return control.movements(account);
    }
}
