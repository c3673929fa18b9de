package dev.bezant.server.payment;

import dev.bezant.server.database.Session;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.kernel.RedirectMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What an intent may be paid with, and what it must not want where that has no card. Nothing here asks a provider. */
final class MethodRules {
    /** Paid as cards. */
    private static final List<String> CARDS = List.of("card", "apple_pay", "google_pay");

    private MethodRules() {}

    /** Every type that {@code payment_method_types} may name. */
    static List<String> types(Purpose purpose) {
        var types = new ArrayList<>(CARDS);
        if (purpose == Purpose.PAYMENT) {
            Arrays.stream(RedirectMethod.values()).forEach(method -> types.add(method.type()));
        }
        return types;
    }

    /**
     * Of what kind the payment method is, where the intent may be paid with one that has no card: else it is taken for a card, and the look is
     * spared.
     *
     * @throws ApiException 404 if the look finds none
     */
    static Means known(Session session, Intent intent, Means means) {
        return means instanceof Means.Stored(var id, var redirect) && redirect == null && allowed(intent).stream().anyMatch(type -> !CARDS.contains(type))
                ? new Means.Stored(id, RedirectMethod.find(type(session, intent, id)).orElse(null))
                : means;
    }

    private static String type(Session session, Intent intent, String method) {
        return session.sql("select type from payment_method where account_id = :account and livemode = :livemode and id = :id")
                .bind("account", intent.accountId())
                .bind("livemode", intent.livemode())
                .bind("id", method)
                .one(row -> row.text("type"))
                .orElseThrow(() -> ApiException.noSuch("PaymentMethod", method, "payment_method"));
    }

    /** @throws ApiException 400 if the intent is not to be paid with this type */
    static void requireAllowed(Intent intent, String type, String param) {
        boolean fits = type.equals("card") ? allowed(intent).stream().anyMatch(CARDS::contains) : allowed(intent).contains(type);
        if (intent.purpose() == Purpose.SETUP && !type.equals("card")) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNSUPPORTED_TYPE, param,
                    "Only cards can be set up for later payments; with " + type + " the payer pays anew each time.");
        }
        if (!fits) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNSUPPORTED_TYPE, param, "This " + intent.purpose().word() + " is not to be paid with " + type
                    + ": its payment_method_types are " + String.join(", ", allowed(intent)) + ". Send payment_method_types[]=" + type + " too.");
        }
    }

    /** @throws ApiException 400 if something is wanted that a payment with this method cannot have; it names the parameter */
    static void check(Intent intent, Means means) {
        RedirectMethod redirect = means.redirect();
        requireAllowed(intent, redirect == null ? "card" : redirect.type(), means.typeParam());
        if (redirect == null) {
            return;
        }
        if (!redirect.capturesLater() && !intent.capturesAtOnce()) {
            String param = intent.captureMethod().equals("manual") ? "capture_method" : "payment_method_options[card][capture_method]";
            throw ApiException.invalid(param, redirect.label() + " takes the money as soon as the payer agrees: nothing can be captured later. Send "
                    + "capture_method=automatic.");
        }
        refuse(intent, redirect, "off_session", "it can only be paid while the payer is there");
        refuse(intent, redirect, "error_on_requires_action", "its payer always has to act");
        refuse(intent, redirect, "setup_future_usage", "it cannot be charged again later");
        refuse(intent, redirect, "mandate_data", "it cannot be charged again later");
        if (intent.detail("return_url") == null) {
            throw new ApiException(ErrorCode.PARAMETER_MISSING, "return_url", "Missing required param: return_url. " + redirect.label()
                    + " sends the payer to a site of its own, and needs to know where to come back to.");
        }
    }

    private static void refuse(Intent intent, RedirectMethod redirect, String name, String why) {
        JsonNode wanted = intent.details().get(name);
        if (wanted != null && !wanted.isNull() && !(wanted.isBoolean() && !wanted.booleanValue())) {
            throw ApiException.invalid(name, name + " cannot be used with " + redirect.label() + ": " + why + ".");
        }
    }

    private static List<String> allowed(Intent intent) {
        return intent.details().path("payment_method_types").valueStream().map(JsonNode::asString).toList();
    }
}
