package dev.bezant.server.method;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.RedirectMethod;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.shape.BillingDetails;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A payment method as a request describes it, in {@code POST /v1/payment_methods} and in {@code payment_method_data}. */
public record NewPaymentMethod(Instrument instrument, ObjectNode billingDetails, ObjectNode metadata, String allowRedisplay) {
    /** What is paid with. */
    sealed interface Instrument permits CardDetails, Redirect {}

    /** @param details what a request said of it */
    record Redirect(RedirectMethod method, ObjectNode details) implements Instrument {}

    private static final int WORD_MAX = 60;
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]+");
    static final List<String> REDISPLAY = List.of("always", "limited", "unspecified");

    /**
     * Reads and checks a description; the caller calls {@link Params#done()}.
     *
     * @param params with {@code type} and what it names, {@code billing_details}, {@code metadata}, {@code allow_redisplay}
     * @throws ApiException 400 for what is missing or unsupported, 402 for what is wrong with the card
     */
    public static NewPaymentMethod read(Params params, boolean livemode, Instant now) {
        String type = params.requiredText("type", 100);
        Instrument instrument = type.equals("card") ? card(params, livemode, now) : redirect(params, type);
        String redisplay = params.choice("allow_redisplay", REDISPLAY);
        return new NewPaymentMethod(
                instrument,
                BillingDetails.merged(params, null),
                Metadata.merged(params, null),
                redisplay == null ? "unspecified" : redisplay);
    }

    static NewPaymentMethod ofTest(Secret number, Instant now) {
        return new NewPaymentMethod(
                CardDetails.ofTest(number, now), BillingDetails.rendered(null), Json.object(), "unspecified");
    }

    /** A method without a card says little: its payer says the rest where it is paid. */
    private static Redirect redirect(Params params, String type) {
        Redirect redirect = null;
        for (RedirectMethod method : RedirectMethod.values()) {
            ObjectNode details = details(params, method);
            if (method.type().equals(type)) {
                redirect = new Redirect(method, details);
            } else if (params.has(method.type())) {
                throw ofAnotherType(params, method.type(), type);
            }
        }
        if (redirect == null) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNSUPPORTED_TYPE, params.at("type"), "This type of payment method is not supported. Supported types: card, "
                    + Arrays.stream(RedirectMethod.values()).map(RedirectMethod::type).collect(Collectors.joining(", ")) + ".");
        }
        if (params.has("card")) {
            throw ofAnotherType(params, "card", type);
        }
        return redirect;
    }

    private static ObjectNode details(Params params, RedirectMethod method) {
        ObjectNode details = Json.object();
        Params own = params.map(method.type());
        if (own == null) {
            return details;
        }
        for (String name : method.params()) {
            String word = own.text(name, WORD_MAX);
            if (word != null && !WORD.matcher(word).matches()) {
                throw ApiException.invalid(own.at(name), "Invalid " + own.at(name) + ": expected a word of small letters, digits and _ such as rabobank.");
            }
            if (word != null) {
                details.put(name, word);
            }
        }
        return details;
    }

    private static ApiException ofAnotherType(Params params, String given, String type) {
        return ApiException.invalid(params.at(given), params.at(given) + " is for " + params.at("type") + "=" + given + ", not for " + type + ".");
    }

    private static CardDetails card(Params params, boolean livemode, Instant now) {
        for (RedirectMethod method : RedirectMethod.values()) {
            details(params, method);
            if (params.has(method.type())) {
                throw ofAnotherType(params, method.type(), "card");
            }
        }
        Params card = params.map("card");
        if (card == null) {
            throw ApiException.missing(params.at("card"));
        }
        if (!card.has("token")) {
            return CardDetails.read(card, now);
        }
        String token = card.requiredText("token", 255);
        if (card.has("number")) {
            throw new ApiException(ErrorCode.PARAMETERS_EXCLUSIVE, card.at("token"),
                    "Send either " + card.at("token") + " or " + card.at("number") + ", not both.");
        }
        Secret number = testNumber(token, livemode);
        if (number == null) {
            throw ApiException.noSuch("token", token, card.at("token"));
        }
        return CardDetails.ofTest(number, now);
    }

    private static @Nullable Secret testNumber(String token, boolean livemode) {
        return livemode || !token.startsWith("tok_") ? null : TestTokens.find(token).orElse(null);
    }
}
