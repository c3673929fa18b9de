package dev.bezant.server.connector;

import dev.bezant.server.connector.ReportsDisputes.ReportedDispute;
import java.util.List;
import java.util.Map;

/**
 * A provider that takes evidence about a dispute through its API. Where none does, an operator hands it over by other ways.
 */
public interface TakesEvidence {
    /**
     * Hands evidence over. The same may be handed over twice, after a crash in between: the provider must not mind.
     *
     * @see Handover
     */
    Handover submit(Evidence evidence);

    /**
     * What the merchant says.
     *
     * @param texts by the API's names, such as {@code uncategorized_text}
     */
    record Evidence(String providerPaymentId, String providerDisputeId, Map<String, String> texts, List<Document> documents) {
        /** Without the payer's details, which do not belong in a log. */
        @Override
        public String toString() {
            return "Evidence[" + providerDisputeId + ", " + texts.size() + " texts, " + documents.size() + " documents]";
        }
    }

    /** @param field of the evidence that it is, such as {@code receipt} */
    record Document(String field, String fileName, String contentType, byte[] content) {}

    /** How handing over went. */
    sealed interface Handover {
        /** The provider has it. */
        record Taken() implements Handover {}

        /**
         * The provider has it, and the banks have decided.
         *
         * @param now the dispute as it is since then
         */
        record Decided(ReportedDispute now, boolean won) implements Handover {}

        /** The provider will not take this, however often it is sent. */
        record Refused(String reason) implements Handover {}

        /** It may have it or not: to be sent again. */
        record Unknown(String reason) implements Handover {}
    }
}
