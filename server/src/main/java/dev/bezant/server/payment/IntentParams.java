package dev.bezant.server.payment;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.shape.Email;
import dev.bezant.server.shape.Shipping;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and checks the parameters of payment intents.
 *
 * @see "docs/protocols/payments-api.md, sections 1.2, 2.4 and 3.7"
 */
public final class IntentParams {
    static final long AMOUNT_MAX = 99_999_999;

    private static final int ID_MAX = 255;

    private IntentParams() {}

    /** {@code amount} and {@code currency}, both required. */
    public static Money money(Params params) {
        Long amount = params.amount("amount");
        if (amount == null) {
            throw ApiException.missing("amount");
        }
        return money(amount, currency(params.requiredText("currency", 10)));
    }

    static Currency currency(String code) {
        return Currency.find(code.toLowerCase(Locale.ROOT)).orElseThrow(() ->
                ApiException.invalid("currency", "Invalid currency: '" + code + "' is not supported. Send an ISO 4217 code such as eur."));
    }

    static Money money(long amount, Currency currency) {
        if (amount < 1 || amount < currency.minimum()) {
            throw new ApiException(ErrorCode.AMOUNT_TOO_SMALL, "amount", "Amount " + amount + " is too small: at least "
                    + Math.max(1, currency.minimum()) + " is needed for " + currency.code() + ", in its smallest unit.");
        }
        if (amount > AMOUNT_MAX) {
            throw new ApiException(ErrorCode.AMOUNT_TOO_LARGE, "amount", "Amount " + amount + " is too large: at most " + AMOUNT_MAX + " is allowed.");
        }
        if (!currency.divides(amount)) {
            throw ApiException.invalid("amount", "Invalid amount: " + amount + " " + currency.code() + " must be a multiple of " + currency.step() + ".");
        }
        return new Money(amount, currency);
    }

    /** {@code customer}, or its alias {@code customer_id}. */
    static @Nullable String customer(Params params) {
        String customer = params.text("customer", ID_MAX);
        String alias = params.text("customer_id", ID_MAX);
        if (customer != null && alias != null && !customer.equals(alias)) {
            throw new ApiException(ErrorCode.PARAMETERS_EXCLUSIVE, "customer_id", "customer and customer_id name different customers. Send one of them.");
        }
        return customer != null ? customer : alias;
    }

    static boolean namesCustomer(Params params) {
        return params.has("customer") || params.has("customer_id");
    }

    /** Reads what is only stored and shown, over what is stored already. */
    static ObjectNode details(Params params, @Nullable ObjectNode stored) {
        ObjectNode details = stored == null ? Json.object() : stored.deepCopy();
        text(params, details, "description", 1000);
        descriptors(params, details);
        text(params, details, "transfer_group", ID_MAX);
        if (params.has("failure_url")) {
            put(details, "failure_url", params.url("failure_url"));
        }
        types(params, details, stored == null, Purpose.PAYMENT);
        metadata(params, details);
        confirmDetails(params, details);
        return details;
    }

    static void metadata(Params params, ObjectNode details) {
        ObjectNode metadata = Metadata.merged(params, (ObjectNode) details.get("metadata"));
        if (metadata.isEmpty()) {
            details.remove("metadata");
        } else {
            details.set("metadata", metadata);
        }
    }

    static void descriptors(Params params, ObjectNode details) {
        text(params, details, "statement_descriptor", 22);
        text(params, details, "statement_descriptor_suffix", 22);
    }

    /** What only the merchant may say when confirming: it decides who is charged through whom, and whether the payer is asked. */
    static void refuseMerchantsOnly(Params params) {
        for (String name : List.of("off_session", "provider_account", "error_on_requires_action", "amount_to_confirm", "capture_method", "mandate")) {
            if (params.has(name)) {
                throw secretNeeded(name);
            }
        }
        Params options = params.map("payment_method_options");
        Params card = options == null ? null : options.map("card");
        for (String name : List.of("request_three_d_secure", "capture_method", "moto")) {
            if (card != null && card.has(name)) {
                throw secretNeeded(card.at(name));
            }
        }
    }

    static ApiException secretNeeded(String param) {
        return new ApiException(ErrorCode.SECRET_KEY_REQUIRED, param, param + " can be sent with a secret key only.");
    }

    /** What {@code confirm} may say too. */
    static void confirmDetails(Params params, ObjectNode details) {
        if (params.has("return_url")) {
            put(details, "return_url", params.url("return_url"));
        }
        if (params.has("receipt_email")) {
            put(details, "receipt_email", Email.read(params, "receipt_email"));
        }
        if (params.has("setup_future_usage")) {
            put(details, "setup_future_usage", params.hasValue("setup_future_usage")
                    ? params.choice("setup_future_usage", List.of("on_session", "off_session"))
                    : params.text("setup_future_usage"));
        }
        shipping(params, details);
        if (params.has("off_session")) {
            details.put("off_session", offSession(params));
        }
        if (params.has("error_on_requires_action")) {
            Boolean error = params.flag("error_on_requires_action");
            details.put("error_on_requires_action", error != null && error);
        }
        // Known from browsers; it must not change what is answered.
        params.flag("use_stripe_sdk");
        if (params.has("provider_account")) {
            put(details, "provider_account", params.text("provider_account", ID_MAX));
        }
        MandateParams.read(params, details);
        options(params, details);
    }

    /** true, or a word that says how the payer is absent. */
    private static boolean offSession(Params params) {
        if (params.isWord("off_session", List.of("one_off", "recurring"))) {
            return true;
        }
        Boolean off = params.flag("off_session");
        return off != null && off;
    }

    static void types(Params params, ObjectNode details, boolean isNew, Purpose purpose) {
        List<String> known = MethodRules.types(purpose);
        List<String> older = params.texts("payment_method_types", 10, 40);
        List<String> newer = params.texts("allowed_payment_method_types", 10, 40);
        if (older != null && newer != null && !older.equals(newer)) {
            throw new ApiException(ErrorCode.PARAMETERS_EXCLUSIVE, "allowed_payment_method_types",
                    "payment_method_types and allowed_payment_method_types are two names of one thing. Send one of them.");
        }
        List<String> types = newer != null ? newer : older;
        if (types != null && !types.isEmpty()) {
            for (int i = 0; i < types.size(); i++) {
                if (!known.contains(types.get(i))) {
                    throw new ApiException(ErrorCode.PAYMENT_METHOD_UNSUPPORTED_TYPE, "payment_method_types[" + i + "]",
                            "Payment method type '" + types.get(i) + "' is not supported; supported are " + String.join(", ", known) + ".");
                }
            }
            if (Set.copyOf(types).size() != types.size()) {
                throw ApiException.invalid("payment_method_types", "Invalid payment_method_types: each type may be given once.");
            }
            details.set("payment_method_types", Json.texts(types));
        } else if (isNew) {
            details.set("payment_method_types", Json.texts(List.of("card")));
        }
        Params automatic = params.map("automatic_payment_methods");
        if (automatic != null) {
            Boolean enabled = automatic.flag("enabled");
            if (enabled == null) {
                throw ApiException.missing("automatic_payment_methods[enabled]");
            }
            String redirects = automatic.choice("allow_redirects", List.of("always", "never"));
            ObjectNode shown = Json.object();
            shown.put("allow_redirects", redirects == null ? "always" : redirects);
            shown.put("enabled", enabled);
            details.set("automatic_payment_methods", shown);
        }
    }

    private static void shipping(Params params, ObjectNode details) {
        ObjectNode merged = Shipping.OF_PAYMENT.merged(params, (ObjectNode) details.get("shipping"));
        if (merged == null) {
            details.remove("shipping");
        } else {
            details.set("shipping", merged);
        }
    }

    /** {@code payment_method_options[card]}: how this payment is to be made with a card, and what is known of the payer's browser. */
    static void options(Params params, ObjectNode details) {
        Params options = params.map("payment_method_options");
        Params card = options == null ? null : options.map("card");
        if (card == null) {
            return;
        }
        // What confirm says about the browser must not undo what the merchant asked for when creating the intent.
        ObjectNode stored = details.path("payment_method_options").path("card") instanceof ObjectNode before ? before.deepCopy() : Json.object();
        String secure = card.choice("request_three_d_secure", List.of("automatic", "any", "challenge"));
        if (secure != null || !stored.has("request_three_d_secure")) {
            stored.put("request_three_d_secure", secure == null ? "automatic" : secure);
        }
        if (card.has("capture_method")) {
            put(stored, "capture_method", card.hasValue("capture_method") ? card.choice("capture_method", List.of("manual")) : card.text("capture_method"));
        }
        if (card.has("setup_future_usage")) {
            put(stored, "setup_future_usage", card.hasValue("setup_future_usage")
                    ? card.choice("setup_future_usage", List.of("none", "on_session", "off_session"))
                    : card.text("setup_future_usage"));
        }
        Boolean moto = card.flag("moto");
        if (moto != null && moto) {
            throw ApiException.invalid(card.at("moto"), "Mail and telephone orders (" + card.at("moto") + ") are not supported.");
        }
        Params info = card.map("browser_info");
        if (info != null) {
            stored.set("browser_info", browser(info));
        }
        ObjectNode shown = Json.object();
        shown.set("card", stored);
        details.set("payment_method_options", shown);
    }

    /** What a 3-D Secure server asks about the payer's browser. */
    private static ObjectNode browser(Params info) {
        ObjectNode browser = Json.object();
        put(browser, "accept_header", info.text("accept_header", 2048));
        put(browser, "browser_language", info.text("browser_language", 8));
        put(browser, "user_agent", info.text("user_agent", 2048));
        put(browser, "ip_address", info.text("ip_address", 45));
        number(info, browser, "screen_width", 1, 100_000);
        number(info, browser, "screen_height", 1, 100_000);
        number(info, browser, "color_depth", 1, 48);
        number(info, browser, "time_zone", -840, 840);
        return browser;
    }

    static void text(Params params, ObjectNode details, String name, int max) {
        if (params.has(name)) {
            put(details, name, params.text(name, max));
        }
    }

    private static void number(Params from, ObjectNode to, String name, long min, long max) {
        Long value = from.integer(name, min, max);
        if (value != null) {
            to.put(name, value);
        }
    }

    static void put(ObjectNode object, String name, @Nullable String value) {
        if (value == null) {
            object.remove(name);
        } else {
            object.put(name, value);
        }
    }
}
