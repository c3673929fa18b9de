package dev.bezant.sandbox;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A Cardinity merchant who signs every call. */
public record Merchant(URI uri, String account, JsonNode credentials) {

    static Merchant of(JsonNode account) {
        return new Merchant(URI.create(account.path("url").asString()), account.path("account").asString(), account.path("credentials"));
    }

    public String credential(String name) {
        return credentials.path(name).asString();
    }

    public Signer signer() {
        return new Signer(credential("consumer_key"), credential("consumer_secret"));
    }

    public Exchange send(String method, String path, @Nullable String body) {
        var target = uri.resolve("/v1" + path);
        return Exchange.send(method, target, body, Map.of("Content-Type", "application/json", "Authorization", authorization(method, target)));
    }

    public String authorization(String method, URI target) {
        return signer().header(method, target, UUID.randomUUID().toString(), Clock.systemUTC().instant().getEpochSecond(), Map.of());
    }

    public Exchange get(String path) {
        return send("GET", path, null);
    }

    public Exchange post(String path, String body) {
        return send("POST", path, body);
    }

    public Exchange pay(PaymentBody body) {
        return post("/payments", body.toString());
    }

    /** Makes an approved payment and returns its id. */
    public String paid(PaymentBody body) {
        var made = pay(body);
        if (made.status() != 201) {
            throw new AssertionError(made.status() + " " + made.body());
        }
        return made.at("/id");
    }

    public Exchange complete(String payment, String field, String value) {
        return send("PATCH", "/payments/" + payment, "{\"" + field + "\":\"" + value + "\"}");
    }
}
