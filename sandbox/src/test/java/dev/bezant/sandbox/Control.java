package dev.bezant.sandbox;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The control API as a test uses it. */
public record Control(URI uri) {

    public Exchange get(String path) {
        return Exchange.send("GET", uri.resolve("/control/" + path), null, Map.of());
    }

    public Exchange post(String path, String body) {
        return Exchange.send("POST", uri.resolve("/control/" + path), body, Map.of("Content-Type", "application/json"));
    }

    public Exchange delete(String path) {
        return Exchange.send("DELETE", uri.resolve("/control/" + path), null, Map.of());
    }

    /** The ledger entries that fit a query such as {@code account=x}, at most 1000. */
    public List<JsonNode> ledger(String query) {
        var entries = new ArrayList<JsonNode>();
        get("ledger?limit=1000&" + query).json().path("data").forEach(entries::add);
        return entries;
    }

    /** Ledger entries as "kind amount currency". */
    public List<String> movements(String account) {
        return ledger("account=" + account).stream()
                .map(entry -> entry.path("kind").asString() + " " + entry.path("amount").asLong() + " " + entry.path("currency").asString())
                .toList();
    }

    public Merchant merchant() {
        return merchant("{}");
    }

    /** A fresh account with these credentials or settings. */
    public Merchant merchant(String credentials) {
        return Merchant.of(post("accounts", "{\"provider\":\"cardinity\",\"credentials\":" + credentials + "}").json());
    }

    public DirectMerchant direct() {
        return direct("{}");
    }

    /** A fresh account at Worldline Direct with these credentials or settings. */
    public DirectMerchant direct(String credentials) {
        return DirectMerchant.of(post("accounts", "{\"provider\":\"worldline-direct\",\"credentials\":" + credentials + "}").json());
    }

    public DirectMerchant directStandard() {
        return directNamed("default");
    }

    public DirectMerchant directNamed(String account) {
        return DirectMerchant.of(get("accounts?provider=worldline-direct&account=" + account).json().path("data").path(0));
    }

    public Merchant standard() {
        return Merchant.of(get("accounts?provider=cardinity").json().path("data").path(0));
    }

    /** The existing account of that name. */
    public Merchant named(String account) {
        return Merchant.of(get("accounts?provider=cardinity&account=" + account).json().path("data").path(0));
    }

    public String fault(String json) {
        var added = post("faults", json);
        if (added.status() != 200) {
            throw new IllegalArgumentException(added.body());
        }
        return added.at("/id");
    }
}
