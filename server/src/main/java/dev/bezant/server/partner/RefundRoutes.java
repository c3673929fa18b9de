package dev.bezant.server.partner;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code refund/}: what is left of a payment, or a part of it.
 *
 * @see "docs/protocols/corefy-integration-api.md, section 4"
 */
final class RefundRoutes {
    private final Core core;
    private final References references;
    private final View view;
    private final Answers answers;

    RefundRoutes(Core core, References references, View view, Answers answers) {
        this.core = core;
        this.references = references;
        this.view = view;
        this.answers = answers;
    }

    List<Route> routes() {
        return List.of(Route.money(PartnerFeature.BASE + "/refund", this::create).under(PartnerFeature.FAMILY));
    }

    private ApiResponse create(ApiRequest request) {
        var fields = new Fields(request.params());
        String payment = fields.required("payment_id", 255);
        BigDecimal part = fields.decimal("amount");
        if (part != null && part.signum() <= 0) {
            fields.wrong("amount", "amount must be greater than 0.");
        } else if (part == null && request.params().has("amount") && !fields.has("amount")) {
            fields.wrong("amount", "amount is empty. Leave it out to refund all that is left.");
        }
        String reason = fields.text("reason", 255);
        String reference = fields.reference("reference_id");
        fields.done();
        // How many decimals it may have is said by the payment's currency, so by a payment that is there.
        Money amount = part == null ? null : fields.money("amount", currency(request, Objects.requireNonNull(payment)));
        fields.done();
        Core.Call call = core.call(request, "POST /v1/refunds", null, params(Objects.requireNonNull(payment), amount, reason, reference),
                References.key(request, "refund", reference));
        ApiResponse made = references.once(call.request(), "refund", reference, () -> refunded(call));
        ObjectNode body = Json.readObject(made.json());
        if (made.status() == 200 && isUnknown(body)) {
            return answers.unknown(request.caller(), made, request.requestId(), view.refund(body), "The payment provider did not answer, so it is not known"
                    + " yet whether the refund was made. It is looked after; do not send another.");
        }
        if (body.path("error").path("refund") instanceof ObjectNode refund) {
            ((ObjectNode) body.get("error")).set("data", view.refund(refund));
            // The request was understood: what failed is the provider's part.
            ApiResponse told = new ApiResponse(made.status() == 402 ? 402 : 502, Json.write(body), made.headers(), made.providerNanos());
            return answers.of(request.caller(), told, 201, "", view::refund);
        }
        return answers.of(request.caller(), made, 201, "Refund created", view::refund);
    }

    /** More than is left is a matter of the payment's state here. */
    private ApiResponse refunded(Core.Call call) {
        try {
            return core.run(call);
        } catch (ApiException e) {
            if (ErrorCode.AMOUNT_TOO_LARGE.wireName().equals(e.code())) {
                throw new ApiException(409, ErrorCode.Type.INVALID_REQUEST, Failures.INVALID_STATE, "amount", String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private static boolean isUnknown(ObjectNode refund) {
        return refund.path("status").asString("").equals("pending") && !refund.path("provider_reference").isString();
    }

    private Currency currency(ApiRequest request, String payment) {
        ObjectNode found = core.read(request, PartnerFeature.isIntent(payment) ? "GET /v1/payment_intents/{id}" : "GET /v1/charges/{id}", payment);
        return Currency.of(found.path("currency").asString());
    }

    private static Map<String, @Nullable Object> params(String payment, @Nullable Money amount, @Nullable String reason, @Nullable String reference) {
        var params = new LinkedHashMap<String, @Nullable Object>();
        params.put(PartnerFeature.isIntent(payment) ? "payment_intent" : "charge", payment);
        if (amount != null) {
            params.put("amount", amount.amount());
        }
        var metadata = new LinkedHashMap<String, String>();
        Optional.ofNullable(reason).ifPresent(it -> metadata.put("reason", it));
        Optional.ofNullable(reference).ifPresent(it -> metadata.put("reference_id", it));
        if (!metadata.isEmpty()) {
            params.put("metadata", metadata);
        }
        return params;
    }
}
