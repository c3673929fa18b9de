package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.acquiring.model.AcceptDisputeLiabilityRequest;
import dev.bezant.worldline.acquiring.model.DisputeCaseWithEntries;
import dev.bezant.worldline.acquiring.model.DisputeResponse;
import dev.bezant.worldline.acquiring.model.GetDisputeParams;
import dev.bezant.worldline.acquiring.model.SearchDisputesRequest;
import dev.bezant.worldline.acquiring.model.SearchDisputesResponse;
import dev.bezant.worldline.acquiring.model.SubmitEvidenceRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Disputes, across all merchants that the credentials can see. */
public final class DisputeManagementClient {
    private final Gateway gateway;

    DisputeManagementClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Finds disputes. The next page carries the {@code searchId} of the one before. */
    public SearchDisputesResponse searchDisputes(SearchDisputesRequest request) {
        return searchDisputes(request, CallContext.none());
    }

    public SearchDisputesResponse searchDisputes(SearchDisputesRequest request, CallContext context) {
        return gateway.post(Operation.SEARCH_DISPUTES, context, "disputes", "search").body(request).read(SearchDisputesResponse.class);
    }

    public CompletableFuture<SearchDisputesResponse> searchDisputesAsync(SearchDisputesRequest request, CallContext context) {
        return gateway.async(() -> searchDisputes(request, context));
    }

    /**
     * How a dispute stands.
     *
     * @param params null for the dispute alone, without its entries
     */
    public DisputeResponse getDispute(String disputeId, @Nullable GetDisputeParams params) {
        return getDispute(disputeId, params, CallContext.none());
    }

    public DisputeResponse getDispute(String disputeId, @Nullable GetDisputeParams params, CallContext context) {
        return gateway.get(Operation.GET_DISPUTE, context, "disputes", disputeId).query(params)
                .readAbout(disputeId, DisputeResponse.class, DisputeManagementClient::disputeId);
    }

    public CompletableFuture<DisputeResponse> getDisputeAsync(String disputeId, @Nullable GetDisputeParams params, CallContext context) {
        return gateway.async(() -> getDispute(disputeId, params, context));
    }

    /** Gives a dispute up. */
    public DisputeResponse acceptDisputeLiability(String disputeId, AcceptDisputeLiabilityRequest request) {
        return acceptDisputeLiability(disputeId, request, CallContext.none());
    }

    public DisputeResponse acceptDisputeLiability(String disputeId, AcceptDisputeLiabilityRequest request, CallContext context) {
        return gateway.post(Operation.ACCEPT_DISPUTE_LIABILITY, context, "disputes", disputeId, "accept").body(request)
                .readAbout(disputeId, DisputeResponse.class, DisputeManagementClient::disputeId);
    }

    public CompletableFuture<DisputeResponse> acceptDisputeLiabilityAsync(String disputeId, AcceptDisputeLiabilityRequest request, CallContext context) {
        return gateway.async(() -> acceptDisputeLiability(disputeId, request, context));
    }

    /** Defends against a dispute, with documents uploaded before. */
    public DisputeResponse submitEvidence(String disputeId, SubmitEvidenceRequest request) {
        return submitEvidence(disputeId, request, CallContext.none());
    }

    public DisputeResponse submitEvidence(String disputeId, SubmitEvidenceRequest request, CallContext context) {
        return gateway.post(Operation.SUBMIT_EVIDENCE, context, "disputes", disputeId, "submit-evidence").body(request)
                .readAbout(disputeId, DisputeResponse.class, DisputeManagementClient::disputeId);
    }

    public CompletableFuture<DisputeResponse> submitEvidenceAsync(String disputeId, SubmitEvidenceRequest request, CallContext context) {
        return gateway.async(() -> submitEvidence(disputeId, request, context));
    }

    private static Optional<String> disputeId(DisputeResponse response) {
        return response.dispute().flatMap(DisputeCaseWithEntries::disputeId);
    }
}
