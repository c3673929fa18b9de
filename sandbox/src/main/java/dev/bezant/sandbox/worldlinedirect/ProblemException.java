package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.worldlinedirect.ApiError.Category;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A request that is refused; nothing has happened. */
final class ProblemException extends RuntimeException {
    private final int status;
    private final transient List<ApiError> errors;

    ProblemException(int status, List<ApiError> errors) {
        super(errors.isEmpty() ? "" : errors.getFirst().message());
        this.status = status;
        this.errors = List.copyOf(errors);
    }

    private ProblemException(ApiError error) {
        this(error.status(), List.of(error));
    }

    static ProblemException invalid(String property, String message) {
        return new ProblemException(ApiError.invalid(property, message));
    }

    static ProblemException missing(String property) {
        return new ProblemException(ApiError.missing(property));
    }

    /** Whatever is wrong with the caller. The message is the service's; what is really wrong is told beside it, for whoever debugs. */
    static ProblemException forbidden(String why) {
        return new ProblemException(new ApiError(403, "ACCESS_TO_MERCHANT_NOT_ALLOWED", "50009007", "9007",
                "ACCESS_TO_MERCHANT_NOT_ALLOWED (" + why + ")", Category.DIRECT_PLATFORM_ERROR, null));
    }

    /**
     * @param id such as {@code UNKNOWN_TOKEN_ID}
     */
    static ProblemException unknown(String id, String property) {
        return new ProblemException(new ApiError(404, id, "50001130", "1002", id, Category.DIRECT_PLATFORM_ERROR, property));
    }

    static ProblemException unknownProduct(int status) {
        return new ProblemException(status, List.of(new ApiError(status, "UNKNOWN_PRODUCT_ID", "50001111", "1007", "UNKNOWN_PRODUCT_ID",
                Category.DIRECT_PLATFORM_ERROR, "paymentProductId")));
    }

    /** Recorded so from the service: the status in the entry is not that of the answer. */
    static ProblemException malformedPaymentId() {
        return new ProblemException(400, List.of(new ApiError(404, "UNKNOWN_PAYMENT_ID", "50001130", "1002",
                "The payment id has a wrong syntax", Category.DIRECT_PLATFORM_ERROR, "paymentId")));
    }

    /**
     * The payment is not in a state that allows it.
     *
     * @param errorCode 50001127 of a capture, 50001129 of a refund
     */
    static ProblemException notAllowed(String errorCode) {
        return new ProblemException(new ApiError(400, "ACTION_NOT_ALLOWED_ON_TRANSACTION", errorCode, "1020",
                "ACTION_NOT_ALLOWED_ON_TRANSACTION", Category.PAYMENT_PLATFORM_ERROR, null));
    }

    static ProblemException conflict(String id, String errorCode, String message) {
        return new ProblemException(new ApiError(409, id, errorCode, "1409", message, Category.DIRECT_PLATFORM_ERROR, null));
    }

    static ProblemException serverError(String message) {
        return new ProblemException(new ApiError(500, "UNKNOWN_SERVER_ERROR", "50009999", "9999", message, Category.DIRECT_PLATFORM_ERROR,
                null));
    }

    int status() {
        return status;
    }

    List<ApiError> errors() {
        return errors;
    }

    HttpResponse response() {
        return HttpResponse.json(status, Json.bytes(body(status, errors)));
    }

    /** The root of every error answer. */
    static ObjectNode body(int status, List<ApiError> errors) {
        var body = Json.object().put("errorId", UUID.randomUUID().toString());
        var list = body.putArray("errors");
        errors.forEach(error -> list.add(error.json()));
        return body.put("status", status);
    }
}
