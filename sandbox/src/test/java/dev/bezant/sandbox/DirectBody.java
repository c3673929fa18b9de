package dev.bezant.sandbox;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request for a Worldline Direct payment in the making: the default one of the vendor's own tests to begin with. */
public final class DirectBody {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CARD = "cardPaymentMethodSpecificInput";

    private final ObjectNode body = (ObjectNode) JSON.readTree("""
            {"order":{"amountOfMoney":{"amount":1000,"currencyCode":"EUR"},
              "customer":{"device":{"acceptHeader":"*/*","ipAddress":"203.0.113.9","locale":"en-GB","timezoneOffsetUtcMinutes":"-180",
               "userAgent":"UA","browserData":{"colorDepth":24,"javaEnabled":false,"screenHeight":"768","screenWidth":"1024"}}}},
             "cardPaymentMethodSpecificInput":{"authorizationMode":"FINAL_AUTHORIZATION","transactionChannel":"ECOMMERCE",
              "card":{"cardNumber":"4012000033330026","cardholderName":"Ona Petraite","cvv":"123","expiryDate":"1240"}}}""");

    public static DirectBody of(long amount) {
        return new DirectBody().amount(amount);
    }

    public static DirectBody card(String number) {
        return new DirectBody().number(number);
    }

    public static DirectBody sale(long amount) {
        return of(amount).sale();
    }

    /** With a stored card. */
    public static DirectBody token(String token) {
        return new DirectBody().without(CARD + ".card").with(CARD + ".token", "\"" + token + "\"");
    }

    /** To the page of a redirect method. */
    public static DirectBody redirect(int product) {
        return new DirectBody().without(CARD).with("redirectPaymentMethodSpecificInput", "{\"paymentProductId\":" + product
                + ",\"redirectionData\":{\"returnUrl\":\"https://shop.example/return?order=7\"}}");
    }

    public DirectBody amount(long amount) {
        return with("order.amountOfMoney.amount", Long.toString(amount));
    }

    public DirectBody currency(String code) {
        return with("order.amountOfMoney.currencyCode", "\"" + code + "\"");
    }

    public DirectBody sale() {
        return with(CARD + ".authorizationMode", "\"SALE\"");
    }

    public DirectBody number(String number) {
        return with(CARD + ".card.cardNumber", "\"" + number + "\"");
    }

    public DirectBody reference(String reference) {
        return with("order.references", "{\"merchantReference\":\"" + reference + "\"}");
    }

    /** Asks for 3-D Secure. */
    public DirectBody threeDs(String indicator) {
        return with(CARD + ".threeDSecure", "{\"challengeIndicator\":\"" + indicator
                + "\",\"redirectionData\":{\"returnUrl\":\"https://shop.example/3ds?order=7#top\"}}");
    }

    public DirectBody card(String field, String json) {
        return with(CARD + "." + field, json);
    }

    /** Sets the field at a dotted path to a JSON value. */
    public DirectBody with(String path, String json) {
        parent(path).set(name(path), JSON.readTree(json));
        return this;
    }

    public DirectBody without(String path) {
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
