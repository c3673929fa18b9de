package dev.bezant.server.payment;

import dev.bezant.server.event.EventDraft;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.payment.IntentEvents.Change;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an attempt's outcome makes of it and of its intent: pure, the same for the request that sent it, for settling and for
 * notifications.
 *
 * @param events those of the charge first
 * @param error what the client is told instead of the intent; null for 200
 * @param credential what stands for this payment when the card is charged again; null where the provider's id of it does
 * @param watched whether the attempt, closed by this, is looked after still
 */
public record Transition(
        Intent intent, Charge charge, List<EventDraft> events, @Nullable ApiException error, @Nullable String credential, boolean watched) {
    private static final List<String> ERROR_MEMBERS =
            List.of("decline_code", "charge", "network_decline_code", "network_advice_code", "payment_method");

    Transition(Intent intent, Charge charge, List<EventDraft> events, @Nullable ApiException error) {
        this(intent, charge, events, error, null, false);
    }

    /**
     * Applies an outcome to an attempt that is in flight.
     *
     * @param actionUrl our page for this attempt's challenge
     */
    public static Transition of(Intent intent, Charge charge, Outcome outcome, String actionUrl) {
        return switch (outcome) {
            case Outcome.Approved approved -> approved.isAsAsked(charge.amount(), intent.capturesAtOnce())
                    ? approved(intent, charge, approved)
                    // Never guess: what was approved is not what was asked for, so an operator must look.
                    : unknown(intent, charge, approved.providerId());
            case Outcome.ActionRequired(var providerId, var action) -> challenge(intent, charge, providerId, action, actionUrl);
            case Outcome.Pending(var providerId) -> unknown(intent, charge, providerId);
            case Outcome.Unknown(var reason) -> unknown(intent, charge, null);
            case Outcome.Declined(var code, var hard, var says, var providerId) -> failed(intent, charge, code, says, providerId, true);
            case Outcome.Rejected(var reason, var elsewhere, var says, var told) ->
                    failed(intent, charge, told, new Outcome.ProviderSays(says.code(), reason, null), null, false);
            case Outcome.NotSent(var reason) ->
                    failed(intent, charge, DeclineCode.PROVIDER_UNAVAILABLE, new Outcome.ProviderSays(null, reason, null), null, false);
        };
    }

    /** The same, told already. */
    Transition withoutEvents() {
        return new Transition(intent, charge, List.of(), error, credential, watched);
    }

    /** The same, with the attempt looked after still. */
    Transition andWatched() {
        return new Transition(intent, charge, events, error, credential, true);
    }

    /** What is told of the attempt alone: its intent goes on. */
    List<EventDraft> chargeEvents() {
        return events.stream().filter(event -> event.type().startsWith("charge.")).toList();
    }

    /** Whether there is nothing to store: the attempt stays in flight, that was told, and nothing new is known of it. */
    boolean changesNothing(Charge now) {
        return events.isEmpty() && charge.state() == now.state() && Objects.equals(charge.providerId(), now.providerId());
    }

    /** Whether the routing may ask the next account after this outcome. */
    public static boolean mayGoElsewhere(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Rejected(var reason, var elsewhere, var says, var told) -> elsewhere;
            case Outcome.NotSent n -> true;
            // A soft decline follows a routing policy; without one the issuer's word stands.
            case Outcome.Approved a -> false;
            case Outcome.ActionRequired a -> false;
            case Outcome.Pending p -> false;
            case Outcome.Declined d -> false;
            case Outcome.Unknown u -> false;
        };
    }

    private static Transition approved(Intent intent, Charge charge, Outcome.Approved approved) {
        String providerId = approved.providerId();
        String credential = approved.details().get(Outcome.Approved.CREDENTIAL);
        if (intent.purpose() == Purpose.SETUP) {
            Charge verified = charge.with(ChargeState.VERIFIED, providerId, 0, null, null);
            Intent after = intent.change().status(IntentStatus.SUCCEEDED).latestCharge(charge.id()).done();
            return new Transition(after, verified, IntentEvents.of(after, Change.SUCCEEDED), null, credential, false);
        }
        long amount = charge.amount().amount();
        boolean captured = intent.capturesAtOnce();
        Charge done = charge.with(captured ? ChargeState.CAPTURED : ChargeState.AUTHORIZED, providerId, captured ? amount : 0, null, null);
        Intent after = captured
                ? intent.change().status(IntentStatus.SUCCEEDED).received(amount).latestCharge(charge.id()).done()
                : intent.change().status(IntentStatus.REQUIRES_CAPTURE).capturable(amount).latestCharge(charge.id()).done();
        return new Transition(after, done, IntentEvents.together(
                IntentEvents.ofCharge(after, "charge.succeeded", done),
                IntentEvents.of(after, captured ? Change.SUCCEEDED : Change.AUTHORIZED)), null, credential, false);
    }

    private static Transition challenge(Intent intent, Charge charge, String providerId, Outcome.@Nullable PayerAction action, String actionUrl) {
        if (intent.detailFlag("off_session") || intent.detailFlag("error_on_requires_action")) {
            return failed(intent, charge, DeclineCode.AUTHENTICATION_REQUIRED, Outcome.ProviderSays.NOTHING, providerId, true);
        }
        ObjectNode stored = action == null ? charge.action() : stored(action);
        if (stored == null) {
            // It waits for a payer whom nobody can send there any more: settling asks how to.
            return unknown(intent, charge, providerId);
        }
        Charge waiting = charge.with(ChargeState.REQUIRES_ACTION, providerId, 0, stored, null)
                .with(charge.extras().challenged(stored.path("kind").asString()));
        Intent after = intent.change().status(IntentStatus.REQUIRES_ACTION).latestCharge(charge.id()).nextAction(nextAction(intent, actionUrl)).done();
        return new Transition(after, waiting, IntentEvents.of(after, Change.REQUIRES_ACTION), null);
    }

    private static ObjectNode stored(Outcome.PayerAction action) {
        ObjectNode stored = Json.object();
        stored.put("kind", action.kind());
        stored.put("url", action.url());
        stored.set("fields", Json.texts(action.fields()));
        if (!action.echo().isEmpty()) {
            stored.set("echo", Json.texts(action.echo()));
        }
        return stored;
    }

    /** Without a place to come back to, the merchant's own page opens ours in a frame. @see "docs/protocols/payments-api.md, section 3.6" */
    private static ObjectNode nextAction(Intent intent, String actionUrl) {
        String returnUrl = intent.detail("return_url");
        ObjectNode next = Json.object();
        next.put("type", returnUrl == null ? "use_stripe_sdk" : "redirect_to_url");
        // There in both cases: a server that renders its own pages can always send the browser there.
        next.putObject("redirect_to_url").put("url", actionUrl).put("return_url", returnUrl);
        if (returnUrl == null) {
            next.putObject("use_stripe_sdk").put("type", "three_d_secure_redirect").put("stripe_js", actionUrl);
        }
        return next;
    }

    /** It may have happened, or is being worked on: the attempt stays in flight. Its payer has nothing left to do, and no way back must claim it. */
    private static Transition unknown(Intent intent, Charge charge, @Nullable String providerId) {
        ChargeState state = charge.state() == ChargeState.REQUIRES_ACTION ? ChargeState.COMPLETING : charge.state();
        Charge still = charge.with(state, providerId, 0, charge.action(), null);
        Intent after = intent.change().status(IntentStatus.PROCESSING).latestCharge(charge.id()).done();
        return new Transition(after, still, IntentEvents.of(after, Change.PROCESSING), null);
    }

    /** @param sent whether an issuer was asked at all */
    static Transition failed(Intent intent, Charge charge, DeclineCode code, Outcome.ProviderSays says, @Nullable String providerId, boolean sent) {
        DeclineCode told = charge.redirect().isPresent() ? code.withoutCard() : code;
        String errorCode = intent.purpose() == Purpose.SETUP && code == DeclineCode.AUTHENTICATION_FAILURE
                ? "setup_intent_authentication_failure"
                : told.errorCode();
        ObjectNode failure = Json.object();
        failure.put("code", errorCode);
        failure.put("decline_code", told.wireName());
        failure.put("message", told.message());
        put(failure, "provider_code", says.code());
        put(failure, "provider_text", says.text());
        put(failure, "advice_code", says.adviceCode());
        if (!sent) {
            failure.put("not_sent", true);
        }
        Charge dead = charge.with(ChargeState.FAILED, providerId, 0, null, failure);
        ObjectNode error = Json.object();
        error.put("type", "card_error");
        error.put("code", errorCode);
        error.put("decline_code", told.wireName());
        error.put("message", told.message());
        error.put("param", "payment_method");
        if (intent.purpose() == Purpose.PAYMENT) {
            error.put("charge", charge.id());
        }
        put(error, "network_decline_code", says.code());
        put(error, "network_advice_code", says.adviceCode());
        error.set("payment_method", PaymentMethods.render(charge.paymentMethodId(), charge.livemode(), charge.methodSnapshot()));
        Intent after = intent.change()
                .status(IntentStatus.REQUIRES_PAYMENT_METHOD)
                .paymentMethod(null)
                .latestCharge(charge.id())
                .lastPaymentError(error)
                .done();
        return new Transition(after, dead, IntentEvents.together(
                IntentEvents.ofCharge(after, "charge.failed", dead),
                IntentEvents.of(after, Change.FAILED)), cardError(after, List.of(dead)));
    }

    /** The 402 that a failed intent's confirmation is answered with. */
    static ApiException cardError(Intent intent, List<Charge> charges) {
        ObjectNode last = intent.lastPaymentError() == null ? Json.object() : intent.lastPaymentError();
        var error = new ApiException(402, ErrorCode.Type.CARD, last.path("code").asString("card_declined"), "payment_method",
                last.path("message").asString("Your card was declined."));
        for (String member : ERROR_MEMBERS) {
            if (last.has(member)) {
                error.with(member, last.get(member));
            }
        }
        return error.with(intent.purpose().object(), Render.intent(intent, charges));
    }

    private static void put(ObjectNode object, String name, @Nullable String value) {
        if (value != null) {
            object.put(name, value);
        }
    }
}
