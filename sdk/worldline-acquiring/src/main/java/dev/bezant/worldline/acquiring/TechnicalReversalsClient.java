package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.acquiring.model.ApiTechnicalReversalRequest;
import dev.bezant.worldline.acquiring.model.ApiTechnicalReversalResponse;
import java.util.concurrent.CompletableFuture;

/** Takes back operations whose outcome is in doubt, by the id that the caller gave them. */
public final class TechnicalReversalsClient {
    private final Gateway gateway;

    TechnicalReversalsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Takes back a whole operation, whatever became of it. It may be repeated until it is confirmed.
     *
     * @param operationId of the operation to take back; the request has one of its own
     */
    public ApiTechnicalReversalResponse technicalReversal(String operationId, ApiTechnicalReversalRequest request) {
        return technicalReversal(operationId, request, CallContext.none());
    }

    public ApiTechnicalReversalResponse technicalReversal(String operationId, ApiTechnicalReversalRequest request, CallContext context) {
        return gateway.post(Operation.TECHNICAL_REVERSAL, context, "operations", operationId, "reverse")
                .body(request, request.operationId()).readResult(ApiTechnicalReversalResponse.class);
    }

    public CompletableFuture<ApiTechnicalReversalResponse> technicalReversalAsync(String operationId, ApiTechnicalReversalRequest request, CallContext context) {
        return gateway.async(() -> technicalReversal(operationId, request, context));
    }
}
