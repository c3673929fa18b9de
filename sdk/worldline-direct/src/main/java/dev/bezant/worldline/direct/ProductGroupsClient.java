package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.GetPaymentProductGroupsResponse;
import dev.bezant.worldline.direct.model.GetProductGroupParams;
import dev.bezant.worldline.direct.model.GetProductGroupsParams;
import dev.bezant.worldline.direct.model.PaymentProductGroup;
import java.util.concurrent.CompletableFuture;

/** Ways to pay that are shown as one. */
public final class ProductGroupsClient {
    private final Gateway gateway;

    ProductGroupsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** All of them. */
    public GetPaymentProductGroupsResponse getProductGroups(GetProductGroupsParams params) {
        return getProductGroups(params, CallContext.none());
    }

    public GetPaymentProductGroupsResponse getProductGroups(GetProductGroupsParams params, CallContext context) {
        return gateway.get("getProductGroups", context, "productgroups").query(params).read(GetPaymentProductGroupsResponse.class);
    }

    public CompletableFuture<GetPaymentProductGroupsResponse> getProductGroupsAsync(GetProductGroupsParams params, CallContext context) {
        return gateway.async(() -> getProductGroups(params, context));
    }

    /** One; only {@code cards} is known. */
    public PaymentProductGroup getProductGroup(String paymentProductGroupId, GetProductGroupParams params) {
        return getProductGroup(paymentProductGroupId, params, CallContext.none());
    }

    public PaymentProductGroup getProductGroup(String paymentProductGroupId, GetProductGroupParams params, CallContext context) {
        return gateway.get("getProductGroup", context, "productgroups", paymentProductGroupId).query(params).read(PaymentProductGroup.class);
    }

    public CompletableFuture<PaymentProductGroup> getProductGroupAsync(
            String paymentProductGroupId, GetProductGroupParams params, CallContext context) {
        return gateway.async(() -> getProductGroup(paymentProductGroupId, params, context));
    }
}
