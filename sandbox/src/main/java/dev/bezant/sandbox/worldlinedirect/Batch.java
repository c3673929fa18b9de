package dev.bezant.sandbox.worldlinedirect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Many operations that are done later, one by one. What the service calls a batch's stages is not known; these are the simulator's words.
 *
 * @param items the requests, without the numbers of their cards
 * @param results one per item that was done
 */
record Batch(String reference, String merchantId, String operationType, List<Item> items, Status status, List<Result> results) {

    enum Status { STORED, PROCESSED }

    /**
     * @param operation such as {@code createPayment}
     * @param paymentId of operations on a payment
     */
    record Item(String operation, @Nullable String paymentId, JsonNode request) {}

    record Result(int status, JsonNode answer) {}

    String key() {
        return key(merchantId, reference);
    }

    static String key(String merchantId, String reference) {
        return merchantId + "/" + reference;
    }

    Batch processed(List<Result> all) {
        return new Batch(reference, merchantId, operationType, items, Status.PROCESSED, all);
    }
}
