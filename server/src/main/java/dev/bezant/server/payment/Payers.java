package dev.bezant.server.payment;

import dev.bezant.server.connector.Connector.Payer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whom a payment method's billing details name, as providers are told. */
public final class Payers {
    private Payers() {}

    /** @param billing as stored; may be missing */
    public static Payer of(JsonNode billing) {
        JsonNode address = billing.path("address");
        return new Payer(text(billing, "name"), text(billing, "email"), text(billing, "phone"), text(address, "line1"), text(address, "line2"),
                text(address, "city"), text(address, "state"), text(address, "postal_code"), text(address, "country"));
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).isString() ? node.get(name).stringValue() : null;
    }
}
