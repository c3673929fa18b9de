package dev.bezant.server.method;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.shape.BillingDetails;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A payment method as a request describes it, in {@code POST /v1/payment_methods} and in {@code payment_method_data}. */
public record NewPaymentMethod(CardDetails card, ObjectNode billingDetails, ObjectNode metadata, String allowRedisplay) {
    static final List<String> REDISPLAY = List.of("always", "limited", "unspecified");

    /**
     * Reads and checks a description; the caller calls {@link Params#done()}.
     *
     * @param params with {@code type}, {@code card}, {@code billing_details}, {@code metadata}, {@code allow_redisplay}
     * @throws ApiException 400 for what is missing or unsupported, 402 for what is wrong with the card
     */
    public static NewPaymentMethod read(Params params, boolean livemode, Instant now) {
        String type = params.requiredText("type", 100);
        if (!type.equals("card")) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNSUPPORTED_TYPE, params.at("type"),
                    "This type of payment method is not supported. Supported types: card.");
        }
        CardDetails card = card(params, livemode, now);
        String redisplay = params.choice("allow_redisplay", REDISPLAY);
        return new NewPaymentMethod(
                card,
                BillingDetails.merged(params, null),
                Metadata.merged(params, null),
                redisplay == null ? "unspecified" : redisplay);
    }

    static NewPaymentMethod ofTest(Secret number, Instant now) {
        return new NewPaymentMethod(
                CardDetails.ofTest(number, now), BillingDetails.rendered(null), Json.object(), "unspecified");
    }

    private static CardDetails card(Params params, boolean livemode, Instant now) {
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
