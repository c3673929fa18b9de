package dev.bezant.server.payment;

import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.RedirectMethod;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One attempt at one provider, as stored.
 *
 * @param reference ours, told to the provider
 * @param action what the payer must do: {@code {"kind","url","fields":{},"echo":{}}}, and {@code "answer":{}} once he has, where the
 *     merchant has to confirm again
 * @param failure {@code {"code","decline_code","message","provider_code","provider_text","advice_code"}}
 * @param methodSnapshot the payment method and billing details as they were
 * @param stuckReason set when settling needs an operator
 * @param extras what is known of it besides
 */
public record Charge(
        String accountId,
        String id,
        boolean livemode,
        String paymentIntentId,
        int attempt,
        ChargeState state,
        String provider,
        String providerAccountId,
        String reference,
        @Nullable String providerId,
        String paymentMethodId,
        @Nullable String customerId,
        Money amount,
        long amountCaptured,
        long amountRefunded,
        long amountRefunding,
        @Nullable ObjectNode action,
        @Nullable ObjectNode failure,
        ObjectNode methodSnapshot,
        @Nullable String idempotencyId,
        @Nullable String stuckReason,
        Instant createdAt,
        ChargeExtras extras) {

    /** The same attempt, resolved or moved on. */
    public Charge with(ChargeState newState, @Nullable String newProviderId, long captured, @Nullable ObjectNode newAction, @Nullable ObjectNode newFailure) {
        return new Charge(accountId, id, livemode, paymentIntentId, attempt, newState, provider, providerAccountId, reference,
                newProviderId == null ? providerId : newProviderId, paymentMethodId, customerId, amount, captured, amountRefunded,
                amountRefunding, newAction, newFailure, methodSnapshot, idempotencyId, stuckReason, createdAt, extras);
    }

    /** With more held than before. */
    public Charge incremented(Money more) {
        return new Charge(accountId, id, livemode, paymentIntentId, attempt, state, provider, providerAccountId, reference, providerId,
                paymentMethodId, customerId, new Money(amount.amount() + more.amount(), amount.currency()), amountCaptured, amountRefunded,
                amountRefunding, action, failure, methodSnapshot, idempotencyId, stuckReason, createdAt, extras);
    }

    /** With one more refund done that was reserved before. */
    public Charge refunded(long refunded) {
        return new Charge(accountId, id, livemode, paymentIntentId, attempt, state, provider, providerAccountId, reference, providerId,
                paymentMethodId, customerId, amount, amountCaptured, amountRefunded + refunded, amountRefunding - refunded, action,
                failure, methodSnapshot, idempotencyId, stuckReason, createdAt, extras);
    }

    /** The same with something else known of it. */
    public Charge with(ChargeExtras known) {
        return new Charge(accountId, id, livemode, paymentIntentId, attempt, state, provider, providerAccountId, reference, providerId,
                paymentMethodId, customerId, amount, amountCaptured, amountRefunded, amountRefunding, action, failure, methodSnapshot,
                idempotencyId, stuckReason, createdAt, known);
    }

    /** The same, of a customer. */
    Charge ofCustomer(String customer) {
        return new Charge(accountId, id, livemode, paymentIntentId, attempt, state, provider, providerAccountId, reference, providerId,
                paymentMethodId, customer, amount, amountCaptured, amountRefunded, amountRefunding, action, failure, methodSnapshot,
                idempotencyId, stuckReason, createdAt, extras);
    }

    /** Which method without a card it is paid with; empty for a card. */
    public Optional<RedirectMethod> redirect() {
        return RedirectMethod.find(methodType());
    }

    /** As the API names it: {@code card}, {@code ideal}. */
    public String methodType() {
        return methodSnapshot.path("type").asString("card");
    }

    /** What could still be refunded, apart from what disputes have taken. */
    public long amountLeft() {
        return amountCaptured - amountRefunded - amountRefunding;
    }

    /** What is authorized and not captured. */
    public Money uncaptured() {
        return new Money(amount.amount() - amountCaptured, amount.currency());
    }

    public Charge in(ChargeState newState) {
        return with(newState, null, amountCaptured, action, failure);
    }
}
