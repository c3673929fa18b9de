package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.acquiring.model.DisputeEntryResources;
import dev.bezant.worldline.acquiring.model.SearchDisputeEntriesRequest;
import java.util.concurrent.CompletableFuture;

/** What happened in disputes, across all merchants that the credentials can see. */
public final class DisputeEntriesClient {
    private final Gateway gateway;

    DisputeEntriesClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Finds entries. The next page carries the {@code searchId} of the one before. */
    public DisputeEntryResources searchDisputeEntries(SearchDisputeEntriesRequest request) {
        return searchDisputeEntries(request, CallContext.none());
    }

    public DisputeEntryResources searchDisputeEntries(SearchDisputeEntriesRequest request, CallContext context) {
        return gateway.post(Operation.SEARCH_DISPUTE_ENTRIES, context, "dispute-entries", "search").body(request).read(DisputeEntryResources.class);
    }

    public CompletableFuture<DisputeEntryResources> searchDisputeEntriesAsync(SearchDisputeEntriesRequest request, CallContext context) {
        return gateway.async(() -> searchDisputeEntries(request, context));
    }
}
