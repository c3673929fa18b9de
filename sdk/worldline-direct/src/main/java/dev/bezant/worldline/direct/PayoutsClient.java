package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CreatePayoutRequest;
import dev.bezant.worldline.direct.model.PayoutResponse;
import java.util.concurrent.CompletableFuture;

/** Money for payers. */
public final class PayoutsClient {
    private final Gateway gateway;

    PayoutsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Pays out.
     *
     * @throws DeclinedPayoutException when it is declined, whatever the HTTP status
     */
    public PayoutResponse createPayout(CreatePayoutRequest request) {
        return createPayout(request, CallContext.none());
    }

    public PayoutResponse createPayout(CreatePayoutRequest request, CallContext context) {
        return gateway.post("createPayout", context, "payouts").body(request).keyed().read(PayoutResponse.class, Declines.PAYOUT);
    }

    public CompletableFuture<PayoutResponse> createPayoutAsync(CreatePayoutRequest request, CallContext context) {
        return gateway.async(() -> createPayout(request, context));
    }

    /** Where a payout stands. */
    public PayoutResponse getPayout(String payoutId) {
        return getPayout(payoutId, CallContext.none());
    }

    public PayoutResponse getPayout(String payoutId, CallContext context) {
        return gateway.get("getPayout", context, "payouts", payoutId).readAbout(payoutId, PayoutResponse.class, PayoutResponse::id);
    }

    public CompletableFuture<PayoutResponse> getPayoutAsync(String payoutId, CallContext context) {
        return gateway.async(() -> getPayout(payoutId, context));
    }
}
