package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.world.Json;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be paid with, by country and currency (sections 1, 2.2, 2.4). Booleans in queries are read whatever their case. */
final class Products {
    private static final String GROUP = "Cards";
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final Wire wire;

    Products(Wire wire) {
        this.wire = wire;
    }

    /** What the query asks for. */
    private record Query(String country, @Nullable String currency, boolean recurring, Set<String> hide) {
        static Query read(HttpRequest request) {
            var country = request.queryParameter("countryCode");
            if (country == null || country.isEmpty()) {
                throw ProblemException.missing("countryCode");
            }
            if (!COUNTRIES.contains(country)) {
                throw ProblemException.invalid("countryCode", "is no ISO 3166-1 alpha-2 code");
            }
            var currency = request.queryParameter("currencyCode");
            if (currency != null && !Money.isCurrency(currency)) {
                throw ProblemException.invalid("currencyCode", "is no ISO 4217 code");
            }
            var locale = request.queryParameter("locale");
            if (locale != null && !Locales.isLocale(locale)) {
                throw ProblemException.invalid("locale", "is no locale such as en_GB");
            }
            var amount = request.queryParameter("amount");
            if (amount != null && !amount.matches("\\d{1,12}")) {
                throw ProblemException.invalid("amount", "must be a whole number of minor units");
            }
            var hide = new HashSet<String>();
            request.queryParameters().stream().filter(pair -> pair.name().equals("hide")).forEach(pair -> hide.add(pair.value()));
            return new Query(country, currency, "true".equalsIgnoreCase(request.queryParameter("isRecurring")), hide);
        }

        boolean fits(Product product) {
            return product.isOffered(country, currency) && (!recurring || product.stores());
        }
    }

    /**
     * @param onFile tokens that the payer may choose from
     */
    Answer list(HttpRequest request, List<Token> onFile) {
        var query = Query.read(request);
        var answer = Json.object();
        var list = answer.putArray("paymentProducts");
        Product.ALL.stream().filter(query::fits).forEach(product -> list.add(json(product, query, onFile)));
        return Answer.ok(answer);
    }

    Answer one(HttpRequest request, String id, List<Token> onFile) {
        var query = Query.read(request);
        return Answer.ok(json(require(id, 404), query, onFile));
    }

    Answer networks(HttpRequest request, String id) {
        Query.read(request);
        var product = require(id, 404);
        var answer = Json.object();
        var list = answer.putArray("networks");
        if (product.method() == Method.MOBILE) {
            networks().forEach(list::add);
        }
        return Answer.ok(answer);
    }

    Answer directory(HttpRequest request, String id) {
        Query.read(request);
        var product = require(id, 404);
        var answer = Json.object();
        var entries = answer.putArray("entries");
        if (product.id() == 809) {
            entries.addObject().put("issuerId", "SANDNL2A").put("issuerName", "Sandbox Bank").put("issuerList", "Nederland");
            entries.addObject().put("issuerId", "TESTNL2A").put("issuerName", "Test Bank").put("issuerList", "Nederland");
        }
        return Answer.ok(answer);
    }

    /** A merchant session of Apple Pay; an unknown product is a 400 here. */
    Answer session(String id, JsonNode json) {
        var product = require(id, 400);
        if (product.id() != Product.APPLE_PAY) {
            throw ProblemException.unknownProduct(400);
        }
        var body = Input.of(json);
        var input = body.required("paymentProductSession302SpecificInput");
        var domain = input.requiredText("domainName");
        var name = input.requiredText("displayName");
        body.refuseIfWrong();
        var session = Json.object().put("merchantSessionIdentifier", Store.secret()).put("domainName", domain).put("displayName", name);
        var answer = Json.object();
        answer.putObject("paymentProductSession302SpecificOutput").put("session", Base64.getEncoder().encodeToString(Json.bytes(session)));
        return Answer.ok(answer);
    }

    Answer groups(HttpRequest request) {
        Query.read(request);
        var answer = Json.object();
        answer.putArray("paymentProductGroups").add(group());
        return Answer.ok(answer);
    }

    Answer oneGroup(HttpRequest request, String id) {
        Query.read(request);
        if (!id.equalsIgnoreCase(GROUP)) {
            throw ProblemException.unknown("UNKNOWN_PRODUCT_GROUP_ID", "paymentProductGroupId");
        }
        return Answer.ok(group());
    }

    private ObjectNode group() {
        var json = Json.object().put("id", GROUP);
        var hints = hints(0, "Cards", "cards");
        json.set("displayHints", hints);
        json.putArray("displayHintsList").add(hints.deepCopy());
        return json;
    }

    private static Product require(String id, int status) {
        var product = id.matches("\\d{1,6}") ? Product.of(Integer.parseInt(id)) : null;
        if (product == null) {
            throw ProblemException.unknownProduct(status);
        }
        return product;
    }

    private static List<String> networks() {
        return List.of("AMEX", "DISCOVER", "JCB", "MASTERCARD", "VISA");
    }

    private ObjectNode json(Product product, Query query, List<Token> onFile) {
        var json = Json.object().put("id", product.id()).put("paymentMethod", product.method().wireName())
                .put("allowsAuthentication", product.isTyped()).put("allowsRecurring", product.stores())
                .put("allowsTokenization", product.stores()).put("usesRedirectionTo3rdParty", product.redirects());
        if (product.grouped()) {
            json.put("paymentProductGroup", GROUP);
        }
        var hints = hints(Product.ALL.indexOf(product), product.label(), Integer.toString(product.id()));
        json.set("displayHints", hints);
        json.putArray("displayHintsList").add(hints.deepCopy());
        var fields = json.putArray("fields");
        if (product.isTyped() && !query.hide().contains("fields")) {
            addFields(fields, product);
        }
        if (!query.hide().contains("accountsOnFile")) {
            addOnFile(json, product, onFile);
        }
        if (product.id() == Product.APPLE_PAY) {
            networks().forEach(json.putObject("paymentProduct302SpecificData").putArray("networks")::add);
        }
        if (product.id() == Product.GOOGLE_PAY) {
            networks().forEach(json.putObject("paymentProduct320SpecificData").put("gateway", "worldlineingenicoogone").putArray("networks")::add);
        }
        return json;
    }

    private ObjectNode hints(int order, String label, String logo) {
        return Json.object().put("displayOrder", order).put("label", label).put("logo", wire.url(Logos.PATH + logo + ".svg"));
    }

    private static void addOnFile(ObjectNode json, Product product, List<Token> onFile) {
        var fitting = onFile.stream().filter(token -> token.card().productId() == product.id()).toList();
        if (fitting.isEmpty()) {
            return;
        }
        var list = json.putArray("accountsOnFile");
        for (var token : fitting) {
            var account = list.addObject().put("id", token.id()).put("paymentProductId", product.id());
            var attributes = account.putArray("attributes");
            attributes.addObject().put("key", "alias").put("value", token.card().masked()).put("status", "READ_ONLY");
            attributes.addObject().put("key", "cardNumber").put("value", token.card().masked()).put("status", "READ_ONLY");
            attributes.addObject().put("key", "expiryDate").put("value", token.card().expiry()).put("status", "CAN_WRITE");
            attributes.addObject().put("key", "cvv").put("value", "").put("status", "MUST_WRITE");
            account.putObject("displayHints").putArray("labelTemplate").addObject().put("attributeKey", "alias").put("mask", "");
        }
    }

    private static void addFields(ArrayNode fields, Product product) {
        int digits = product.id() == 2 ? 15 : 19;
        int code = product.id() == 2 ? 4 : 3;
        field(fields, "cardNumber", "numericstring", "Card number", "{{9999}} {{9999}} {{9999}} {{9999}} {{999}}", 12, digits)
                .putObject("luhn");
        field(fields, "cardholderName", "string", "Name on card", "", 2, 51);
        field(fields, "expiryDate", "expirydate", "Expiry date", "{{99}}/{{99}}", 4, 4).putObject("expirationDate");
        field(fields, "cvv", "numericstring", "CVV", "{{" + "9".repeat(code) + "}}", code, code);
    }

    /** Returns the validators, for more of them. */
    private static ObjectNode field(ArrayNode fields, String id, String type, String label, String mask, int least, int most) {
        var field = fields.addObject().put("id", id).put("type", type);
        var hints = field.putObject("displayHints").put("alwaysShow", false).put("displayOrder", fields.size() - 1).put("label", label)
                .put("placeholderLabel", label).put("obfuscate", id.equals("cvv"))
                .put("preferredInputType", type.equals("string") ? "StringKeyboard" : "IntegerKeyboard");
        if (!mask.isEmpty()) {
            hints.put("mask", mask);
        }
        hints.putObject("formElement").put("type", "text");
        var validators = field.putObject("dataRestrictions").put("isRequired", true).putObject("validators");
        validators.putObject("length").put("minLength", least).put("maxLength", most);
        return validators;
    }
}
