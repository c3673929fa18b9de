package dev.bezant.worldline.acquiring.model;

import java.util.Optional;

/**
 * What is read off the answer to any operation. Without a category, or with one that this version does not know, an operation is neither approved
 * nor declined: ask for its state, or take it back.
 *
 * @see "docs/protocols/worldline-acquiring.md, section 2"
 */
public interface OperationResult {
    Optional<String> operationId();

    Optional<ResponseCodeCategory> responseCodeCategory();

    Optional<String> responseCode();

    Optional<String> responseCodeDescription();

    /** All that was asked for. */
    default boolean isApproved() {
        return responseCodeCategory().filter(ResponseCodeCategory.APPROVED::equals).isPresent();
    }

    /** Less than was asked for: read {@code totalAuthorizedAmount}. */
    default boolean isPartiallyApproved() {
        return responseCodeCategory().filter(ResponseCodeCategory.PARTIALLY_APPROVED::equals).isPresent();
    }

    /** Refused; nothing is held, no money moved. */
    default boolean isDeclined() {
        return responseCodeCategory().filter(ResponseCodeCategory.DECLINED::equals).isPresent();
    }
}
