package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import dev.bezant.sandbox.world.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a payer sees and fills in at a hosted checkout, and the payment request that it makes. */
final class CheckoutForm {
    private static final Map<String, String> LABELS = Map.of("cardNumber", "Card number", "expiryDate", "Expiry (MM/YY)", "cvv", "CVV",
            "cardholderName", "Name on card");
    private static final Set<String> ALWAYS_STORED = Set.of("createAlways");
    private static final Set<String> STORED_WITH_CONSENT = Set.of("createWithConsent", "useExplicitly");

    /** More would bury the card; where the payer's country is known there are hardly so many. */
    private static final int REDIRECTS_MAX = 6;

    private final Tokens tokens;

    CheckoutForm(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * @param notice trusted HTML
     */
    HttpResponse page(int status, HostedCheckout checkout, String notice) {
        var request = checkout.request();
        var money = money(request);
        var offered = offered(request, money);
        var html = new StringBuilder("<h1>Payment</h1>");
        var reference = request.path("order").path("references").path("merchantReference").asString("");
        if (!reference.isEmpty()) {
            html.append("<p>Order ").append(Html.escape(reference)).append("</p>");
        }
        html.append("<div class=\"amount\">").append(Html.escape(money.text())).append("</div>").append(notice)
                .append("<form method=\"post\" action=\"").append(CheckoutPages.PATH).append(checkout.page()).append("\">");
        addSaved(html, checkout);
        if (offered.stream().anyMatch(Product::isTyped)) {
            addCard(html, request);
        }
        var redirects = offered.stream().filter(Product::redirects).limit(REDIRECTS_MAX).toList();
        if (!redirects.isEmpty() && money.amount() > 0) {
            html.append("<h2>Or pay with</h2><div class=\"methods\">");
            redirects.forEach(product -> html.append("<button class=\"plain\" formnovalidate name=\"method\" value=\"").append(product.id())
                    .append("\">").append(Html.escape(product.label())).append("</button>"));
            html.append("</div>");
        }
        html.append("<button class=\"plain\" formnovalidate name=\"method\" value=\"cancel\">Cancel</button></form>");
        return Html.page(status, "Pay", html.toString());
    }

    private void addSaved(StringBuilder html, HostedCheckout checkout) {
        var ids = Sessions.separated(HostedCheckouts.specific(checkout.request()).path("tokens").asString(""));
        for (var token : ids.stream().map(id -> tokens.usable(checkout.merchantId(), id)).filter(Objects::nonNull).toList()) {
            html.append("<button formnovalidate name=\"method\" value=\"token:").append(Html.escape(token.id())).append("\">Pay with card ending ")
                    .append(Html.escape(token.card().last4())).append("</button>");
        }
    }

    private static void addCard(StringBuilder html, JsonNode request) {
        html.append("<h2>Card</h2>")
                .append(input("cardNumber", "cc-number", "numeric"))
                .append("<div class=\"row\"><div>").append(input("expiryDate", "cc-exp", "numeric"))
                .append("</div><div>").append(input("cvv", "cc-csc", "numeric")).append("</div></div>")
                .append(input("cardholderName", "cc-name", "text"));
        if (STORED_WITH_CONSENT.contains(mode(request))) {
            html.append("<div class=\"check\"><input type=\"checkbox\" id=\"store\" name=\"store\" value=\"yes\"><label for=\"store\">")
                    .append("Remember this card</label></div>");
        }
        html.append("<button name=\"method\" value=\"card\">Pay</button>");
    }

    static String input(String name, String autocomplete, String mode) {
        return "<label for=\"" + name + "\">" + LABELS.get(name) + "</label><input id=\"" + name + "\" name=\"" + name + "\" required autocomplete=\""
                + autocomplete + "\" inputmode=\"" + mode + "\">";
    }

    static String complaints(ProblemException problem) {
        var html = new StringBuilder();
        problem.errors().forEach(error -> {
            var field = error.property() == null ? "" : error.property().replaceFirst("^.*\\.", "");
            html.append("<p class=\"error\">").append(Html.escape(LABELS.getOrDefault(field, field) + " " + error.messageBesideTheField()))
                    .append("</p>");
        });
        return html.toString();
    }

    private static Money money(JsonNode request) {
        var money = request.path("order").path("amountOfMoney");
        return new Money(money.path("amount").asLong(), money.path("currencyCode").asString());
    }

    private static String mode(JsonNode request) {
        return HostedCheckouts.specific(request).path("cardPaymentMethodSpecificInput").path("tokenizationMode").asString("");
    }

    /** By the payer's country and the currency, as far as the shop does not filter. */
    private static List<Product> offered(JsonNode request, Money money) {
        var country = request.path("order").path("customer").path("billingAddress").path("countryCode");
        var filters = HostedCheckouts.specific(request).path("paymentProductFilters");
        return Product.ALL.stream()
                .filter(product -> product.isOffered(country.isString() ? country.stringValue() : null, money.currency()))
                .filter(product -> !isNamed(filters.path("exclude"), product))
                .filter(product -> filters.path("restrictTo").isEmpty() || isNamed(filters.path("restrictTo"), product))
                .toList();
    }

    private static boolean isNamed(JsonNode filter, Product product) {
        for (var id : filter.path("products")) {
            if (id.asInt(0) == product.id()) {
                return true;
            }
        }
        for (var group : filter.path("groups")) {
            if (product.grouped() && group.asString("").equalsIgnoreCase("cards")) {
                return true;
            }
        }
        return false;
    }

    /** The request for a payment: what the shop said of it, and what the payer chose. */
    static ObjectNode paymentBody(HostedCheckout checkout, List<Forms.Pair> form, String returnUrl) {
        var request = checkout.request();
        var body = Json.object();
        body.set("order", CheckoutPages.orderOf(checkout).deepCopy());
        if (request.has("feedbacks")) {
            body.set("feedbacks", request.path("feedbacks"));
        }
        var method = String.valueOf(Forms.first(form, "method"));
        var product = method.matches("\\d{1,6}") ? Product.of(Integer.parseInt(method)) : null;
        if (product != null && product.method() == Method.REDIRECT) {
            var input = copy(request, Method.REDIRECT.inputName());
            input.put("paymentProductId", product.id());
            input.putObject("redirectionData").put("returnUrl", returnUrl);
            body.set(Method.REDIRECT.inputName(), input);
            return body;
        }
        var input = copy(request, Method.CARD.inputName());
        input.remove("paymentProductId");
        var threeDs = input.path("threeDSecure") instanceof ObjectNode given ? given : input.putObject("threeDSecure");
        threeDs.putObject("redirectionData").put("returnUrl", returnUrl);
        body.set(Method.CARD.inputName(), input);
        if (product != null) {
            input.put("paymentProductId", product.id());
        } else if (method.startsWith("token:")) {
            input.put("token", method.substring("token:".length()));
        } else {
            addTyped(input, form);
        }
        if (ALWAYS_STORED.contains(mode(request)) || Forms.first(form, "store") != null) {
            input.put("tokenize", true);
        }
        return body;
    }

    private static ObjectNode copy(JsonNode request, String name) {
        return request.path(name) instanceof ObjectNode given ? given.deepCopy() : Json.object();
    }

    private static void addTyped(ObjectNode input, List<Forms.Pair> form) {
        input.remove("token");
        var card = input.putObject("card");
        card.put("cardNumber", digits(Forms.first(form, "cardNumber"))).put("expiryDate", digits(Forms.first(form, "expiryDate")));
        card.put("cvv", digits(Forms.first(form, "cvv")));
        var holder = Forms.first(form, "cardholderName");
        if (holder != null) {
            card.put("cardholderName", holder.strip());
        }
    }

    private static String digits(@Nullable String typed) {
        return typed == null ? "" : typed.replaceAll("[^0-9]", "");
    }
}
