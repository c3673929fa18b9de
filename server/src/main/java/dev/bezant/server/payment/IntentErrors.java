package dev.bezant.server.payment;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import java.util.List;
import java.util.stream.Collectors;

/** Errors that carry the intent they are about. */
final class IntentErrors {
    private IntentErrors() {}

    /** @param done what was tried, as a participle: "captured" */
    static ApiException unexpected(Intent intent, List<Charge> charges, String done, List<IntentStatus> allowed) {
        ErrorCode code = switch (intent.purpose()) {
            case PAYMENT -> ErrorCode.PAYMENT_INTENT_UNEXPECTED_STATE;
            case SETUP -> ErrorCode.SETUP_INTENT_UNEXPECTED_STATE;
        };
        return new ApiException(code, "intent", "This " + intent.purpose().word() + " could not be " + done
                + " because it has a status of " + intent.status().wireName() + ". Only one with one of these statuses can be: "
                + allowed.stream().map(IntentStatus::wireName).collect(Collectors.joining(", ")) + ".")
                .with(intent.purpose().object(), Render.intent(intent, charges));
    }

    /** Somebody else changed the intent meanwhile: still at work, or done. */
    static ApiException busyOrUnexpected(Intent now, List<Charge> charges, String done, List<IntentStatus> allowed) {
        if (now.status() == IntentStatus.PROCESSING || allowed.contains(now.status())) {
            return new ApiException(ErrorCode.LOCK_TIMEOUT, "intent", "Another request is working on this " + now.purpose().word()
                    + ". Try again in a moment.")
                    .header("Stripe-Should-Retry", "true")
                    .header("Retry-After", "1");
        }
        return unexpected(now, charges, done, allowed);
    }
}
