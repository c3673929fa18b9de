package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.acquiring.model.ApiAccountVerificationRequest;
import dev.bezant.worldline.acquiring.model.ApiAccountVerificationResponse;
import java.util.concurrent.CompletableFuture;

/** Whether cards are good, without an amount. */
public final class AccountVerificationsClient {
    private final Gateway gateway;

    AccountVerificationsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Asks the issuer about a card. */
    public ApiAccountVerificationResponse processAccountVerification(ApiAccountVerificationRequest request) {
        return processAccountVerification(request, CallContext.none());
    }

    public ApiAccountVerificationResponse processAccountVerification(ApiAccountVerificationRequest request, CallContext context) {
        return gateway.post(Operation.PROCESS_ACCOUNT_VERIFICATION, context, "account-verifications")
                .body(request, request.operationId()).readResult(ApiAccountVerificationResponse.class);
    }

    public CompletableFuture<ApiAccountVerificationResponse> processAccountVerificationAsync(ApiAccountVerificationRequest request, CallContext context) {
        return gateway.async(() -> processAccountVerification(request, context));
    }
}
