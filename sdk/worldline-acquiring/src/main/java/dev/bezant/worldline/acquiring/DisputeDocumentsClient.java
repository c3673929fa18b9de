package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.acquiring.model.UploadDocumentResponse;
import java.util.concurrent.CompletableFuture;

/** The documents of disputes. */
public final class DisputeDocumentsClient {
    private final Gateway gateway;

    DisputeDocumentsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Sends a document; its id is named with {@code submitEvidence}. */
    public UploadDocumentResponse uploadDisputeDocument(UploadableFile file) {
        return uploadDisputeDocument(file, CallContext.none());
    }

    public UploadDocumentResponse uploadDisputeDocument(UploadableFile file, CallContext context) {
        return gateway.post(Operation.UPLOAD_DISPUTE_DOCUMENT, context, "documents").body(new Multipart("file", file)).read(UploadDocumentResponse.class);
    }

    public CompletableFuture<UploadDocumentResponse> uploadDisputeDocumentAsync(UploadableFile file, CallContext context) {
        return gateway.async(() -> uploadDisputeDocument(file, context));
    }

    /** Fetches a document. */
    public DownloadedFile getDisputeDocument(String disputeId, String documentId) {
        return getDisputeDocument(disputeId, documentId, CallContext.none());
    }

    public DownloadedFile getDisputeDocument(String disputeId, String documentId, CallContext context) {
        return gateway.get(Operation.GET_DISPUTE_DOCUMENT, context, "disputes", disputeId, "documents", documentId).accepting("*/*")
                .answered(DownloadedFile::of);
    }

    public CompletableFuture<DownloadedFile> getDisputeDocumentAsync(String disputeId, String documentId, CallContext context) {
        return gateway.async(() -> getDisputeDocument(disputeId, documentId, context));
    }
}
