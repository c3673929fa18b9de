package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What the platform says about a repeated request. It keeps keys for at least 24 hours; a repetition is answered as the first was. Documented for
 * createPayment, capturePayment, cancelPayment, refundPayment, completePayment, subsequentPayment and createPayout; the key is sent with every
 * changing call whose context has one.
 *
 * @see "docs/protocols/worldline-direct.md, section 9"
 */
public final class Idempotence {
    static final String KEY_HEADER = "X-GCS-Idempotence-Key";

    private static final String REQUEST_TIMESTAMP = "X-GCS-Idempotence-Request-Timestamp";
    private static final String RESPONSE_DATE_TIME = "IdempotencyResponseDatetime";

    private Idempotence() {}

    /**
     * When the first request with this key was received, in the platform's clock.
     *
     * @param context of a call that has returned or thrown
     * @return empty when the call was itself the first, or got no answer
     */
    public static Optional<Instant> requestTimestamp(CallContext context) {
        return context.lastResponse().flatMap(response -> requestTimestamp(response.headers()));
    }

    /** When the stored answer was made, where the platform says so. */
    public static Optional<OffsetDateTime> responseDateTime(CallContext context) {
        return context.lastResponse().flatMap(response -> response.headers().first(RESPONSE_DATE_TIME)).flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    /** Milliseconds since 1970; anything else counts as absent. */
    static Optional<Instant> requestTimestamp(Headers headers) {
        return headers.first(REQUEST_TIMESTAMP).filter(text -> text.matches("[0-9]{1,15}")).map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
    }

    /** A longer key might be cut, and two keys become one. */
    static void check(CallContext context) {
        if (context.idempotenceKey().filter(key -> !key.matches("[\\x21-\\x7e]{1,40}")).isPresent()) {
            throw new InvalidRequestException(List.of(new Violation(KEY_HEADER, "must be 1 to 40 visible ASCII characters")));
        }
    }
}
