package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.GetPrivacyPolicyParams;
import dev.bezant.worldline.direct.model.GetPrivacyPolicyResponse;
import java.util.concurrent.CompletableFuture;

/** What payers must be told about their data. */
public final class PrivacyPolicyClient {
    private final Gateway gateway;

    PrivacyPolicyClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** The policy, as HTML. */
    public GetPrivacyPolicyResponse getPrivacyPolicy(GetPrivacyPolicyParams params) {
        return getPrivacyPolicy(params, CallContext.none());
    }

    public GetPrivacyPolicyResponse getPrivacyPolicy(GetPrivacyPolicyParams params, CallContext context) {
        return gateway.get("getPrivacyPolicy", context, "services", "privacypolicy").query(params).read(GetPrivacyPolicyResponse.class);
    }

    public CompletableFuture<GetPrivacyPolicyResponse> getPrivacyPolicyAsync(GetPrivacyPolicyParams params, CallContext context) {
        return gateway.async(() -> getPrivacyPolicy(params, context));
    }
}
