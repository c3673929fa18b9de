package dev.bezant.worldline.direct.webhook;

import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.model.FieldType;
import dev.bezant.worldline.direct.model.GetBatchStatusResponse;
import dev.bezant.worldline.direct.model.PaymentLinkResponse;
import dev.bezant.worldline.direct.model.PaymentResponse;
import dev.bezant.worldline.direct.model.PayoutResponse;
import dev.bezant.worldline.direct.model.RefundResponse;
import dev.bezant.worldline.direct.model.TokenResponse;
import dev.bezant.worldline.direct.model.WebhookType;
import dev.bezant.worldline.direct.model.WebhooksEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Something that happened. It may arrive twice, late, and in another order than things happened: read the object's state before acting.
 *
 * @see "docs/protocols/worldline-direct.md, section 10"
 */
public sealed interface WebhookEvent {
    /** The whole event, fields that this version does not know included. */
    WebhooksEvent raw();

    /** About a payment. */
    record OfPayment(WebhooksEvent raw, PaymentResponse payment) implements WebhookEvent {}

    /** About a refund. */
    record OfRefund(WebhooksEvent raw, RefundResponse refund) implements WebhookEvent {}

    /** About a payout. */
    record OfPayout(WebhooksEvent raw, PayoutResponse payout) implements WebhookEvent {}

    /** About a token. */
    record OfToken(WebhooksEvent raw, TokenResponse token) implements WebhookEvent {}

    /** About a payment link. */
    record OfPaymentLink(WebhooksEvent raw, PaymentLinkResponse paymentLink) implements WebhookEvent {}

    /** About a batch. */
    record OfBatch(WebhooksEvent raw, GetBatchStatusResponse batch) implements WebhookEvent {}

    /** About something that this version does not know, or about nothing. */
    record Other(WebhooksEvent raw) implements WebhookEvent {}

    static WebhookEvent of(WebhooksEvent event) {
        Optional<WebhookEvent> known = event.payment().<WebhookEvent>map(payment -> new OfPayment(event, payment))
                .or(() -> event.refund().map(refund -> new OfRefund(event, refund)))
                .or(() -> event.payout().map(payout -> new OfPayout(event, payout)))
                .or(() -> event.token().map(token -> new OfToken(event, token)))
                .or(() -> event.paymentLink().map(link -> new OfPaymentLink(event, link)))
                .or(() -> event.directBatch().map(batch -> new OfBatch(event, batch)));
        return known.orElseGet(() -> new Other(event));
    }

    /** Of the event, not of what it is about. A repeated delivery is said to carry another one: tell repetitions by {@link #fingerprint()}. */
    default String id() {
        return raw().id().orElse("");
    }

    default WebhookType type() {
        return raw().type().orElse(WebhookType.UNRECOGNIZED);
    }

    /** The account's PSPID. */
    default String merchantId() {
        return raw().merchantId().orElse("");
    }

    /** Empty when the time is in no form that is known. */
    default Optional<Instant> created() {
        return raw().created().flatMap(FieldType.DATE_TIME::parse).map(OffsetDateTime::toInstant);
    }

    /** Whether it is certainly older than this: false when its time cannot be read. */
    default boolean isOlderThan(Duration age, Clock clock) {
        return created().filter(time -> time.isBefore(clock.instant().minus(age))).isPresent();
    }

    /** The same for repeated deliveries, which may differ in id and time: a hash of everything else, in hexadecimal. */
    default String fingerprint() {
        byte[] content = JacksonMarshaller.plain().marshal(raw().toBuilder().id(null).created(null).build());
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
