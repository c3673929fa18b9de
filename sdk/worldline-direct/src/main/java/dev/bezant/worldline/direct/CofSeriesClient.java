package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.ImportCofSeriesRequest;
import dev.bezant.worldline.direct.model.ImportCofSeriesResponse;
import java.util.concurrent.CompletableFuture;

/** Series of payments with a kept card that began elsewhere. */
public final class CofSeriesClient {
    private final Gateway gateway;

    CofSeriesClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Continues one here. */
    public ImportCofSeriesResponse importCofSeries(ImportCofSeriesRequest request) {
        return importCofSeries(request, CallContext.none());
    }

    public ImportCofSeriesResponse importCofSeries(ImportCofSeriesRequest request, CallContext context) {
        return gateway.post("importCofSeries", context, "tokens", "importCofSeries").body(request).read(ImportCofSeriesResponse.class);
    }

    public CompletableFuture<ImportCofSeriesResponse> importCofSeriesAsync(ImportCofSeriesRequest request, CallContext context) {
        return gateway.async(() -> importCofSeries(request, context));
    }
}
