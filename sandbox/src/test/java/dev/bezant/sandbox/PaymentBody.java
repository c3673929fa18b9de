package dev.bezant.sandbox;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A payment request in the making: a valid one to begin with. */
public final class PaymentBody {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode body = (ObjectNode) JSON.readTree("""
            {"amount":"50.00","currency":"EUR","country":"LT","payment_method":"card",
             "payment_instrument":{"pan":"4111111111111111","exp_year":2040,"exp_month":12,"cvc":"123","holder":"Ona Petraite"}}""");

    public static PaymentBody of(String amount) {
        return new PaymentBody().with("amount", "\"" + amount + "\"");
    }

    public static PaymentBody card(String pan) {
        return new PaymentBody().pan(pan);
    }

    /** Charged to the card of an earlier payment. */
    public static PaymentBody recurring(String payment) {
        return new PaymentBody().with("payment_method", "\"recurring\"").with("payment_instrument", "{\"payment_id\":\"" + payment + "\"}");
    }

    public PaymentBody pan(String pan) {
        return with("payment_instrument.pan", "\"" + pan + "\"");
    }

    public PaymentBody described(String description) {
        return with("description", "\"" + description + "\"");
    }

    public PaymentBody order(String orderId) {
        return with("order_id", "\"" + orderId + "\"");
    }

    public PaymentBody authorization() {
        return with("settle", "false");
    }

    /** With the data that asks for 3-D Secure version 2. */
    public PaymentBody threeDs() {
        return with("threeds2_data", """
                {"notification_url":"http://127.0.0.1:9/3ds","browser_info":{"accept_header":"text/html","browser_language":"en-US",
                 "screen_width":1920,"screen_height":1040,"challenge_window_size":"full-screen","user_agent":"Mozilla/5.0",
                 "color_depth":24,"time_zone":-120}}""");
    }

    /** Sets the field at a dotted path to a JSON value. */
    public PaymentBody with(String path, String json) {
        parent(path).set(name(path), JSON.readTree(json));
        return this;
    }

    public PaymentBody without(String path) {
        parent(path).remove(name(path));
        return this;
    }

    private ObjectNode parent(String path) {
        JsonNode node = body;
        var names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            node = node.path(names[i]);
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
