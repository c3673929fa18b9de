package dev.bezant.server.connector.worldlinedirect;

import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.server.connector.Connector.Inquiry;
import dev.bezant.server.connector.Connector.MovementKind;
import dev.bezant.server.connector.Connector.Sighting;
import dev.bezant.server.connector.TellsByNotice.Notice;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome.ProviderSays;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.worldline.direct.DeclinedPaymentException;
import dev.bezant.worldline.direct.DeclinedPayoutException;
import dev.bezant.worldline.direct.DeclinedRefundException;
import dev.bezant.worldline.direct.DeclinedTransactionException;
import dev.bezant.worldline.direct.model.APIError;
import dev.bezant.worldline.direct.model.CardPaymentMethodSpecificOutput;
import dev.bezant.worldline.direct.model.CreatePaymentResponse;
import dev.bezant.worldline.direct.model.ErrorResponse;
import dev.bezant.worldline.direct.model.NextAction;
import dev.bezant.worldline.direct.model.OperationOutput;
import dev.bezant.worldline.direct.model.OperationPaymentReferences;
import dev.bezant.worldline.direct.model.PaymentOutput;
import dev.bezant.worldline.direct.model.PaymentReferences;
import dev.bezant.worldline.direct.model.PaymentResponse;
import dev.bezant.worldline.direct.model.PaymentStatus;
import dev.bezant.worldline.direct.model.PaymentStatusOutput;
import dev.bezant.worldline.direct.model.PayoutOutput;
import dev.bezant.worldline.direct.model.PayoutResponse;
import dev.bezant.worldline.direct.model.ReattemptIndicator;
import dev.bezant.worldline.direct.model.ReattemptInstructions;
import dev.bezant.worldline.direct.model.RefundOutput;
import dev.bezant.worldline.direct.model.RefundResponse;
import dev.bezant.worldline.direct.webhook.WebhookEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Worldline Direct says, as our outcomes.
 *
 * @see "docs/protocols/worldline-direct-mapping.md"
 */
final class WorldlineDirectOutcomes {
    /** By the code that ISO 8583 gives a refusal, which stands in theirs: 30 51 1001. */
    private static final Map<String, DeclineCode> DECLINES = Map.ofEntries(
            Map.entry("41", DeclineCode.LOST_CARD),
            Map.entry("43", DeclineCode.STOLEN_CARD),
            Map.entry("51", DeclineCode.INSUFFICIENT_FUNDS),
            Map.entry("54", DeclineCode.EXPIRED_CARD),
            Map.entry("59", DeclineCode.FRAUDULENT),
            Map.entry("65", DeclineCode.CARD_VELOCITY_EXCEEDED),
            Map.entry("82", DeclineCode.INCORRECT_CVC),
            Map.entry("96", DeclineCode.PROCESSING_ERROR),
            Map.entry("17", DeclineCode.AUTHENTICATION_FAILURE));
    private static final Pattern ISSUER_CODE = Pattern.compile("30(\\d\\d)1001");
    private static final Map<String, DeclineCode> AUTHENTICATION = Map.of(
            "40001134", DeclineCode.AUTHENTICATION_FAILURE,
            "40001135", DeclineCode.AUTHENTICATION_FAILURE,
            "40001139", DeclineCode.AUTHENTICATION_REQUIRED);
    private static final Set<DeclineCode> FINAL = Set.of(DeclineCode.LOST_CARD, DeclineCode.STOLEN_CARD, DeclineCode.FRAUDULENT);
    /** Refusals that are about what this account may do, not about the payment. */
    private static final Set<String> ACCOUNT_RULES = Set.of("PAYMENT_PRODUCT_NOT_AVAILABLE", "CARDNUMBER_PAYMENTPRODUCTID_MISMATCH",
            "UNKNOWN_PRODUCT_ID", "UNKNOWN_TOKEN_ID");
    private static final String NOT_IN_THIS_STATE = "ACTION_NOT_ALLOWED_ON_TRANSACTION";
    private static final int CANCELLED_BY_PAYER = 1;
    private static final int RELEASED = 6;

    private WorldlineDirectOutcomes() {}

    /** A payment as it was answered when it was made, or made again. */
    static Outcome created(CreatePaymentResponse response, Inquiry asked) {
        Optional<String> id = response.payment().flatMap(PaymentResponse::id);
        if (id.isEmpty()) {
            return new Outcome.Unknown("Worldline Direct answered without a payment");
        }
        if (response.nextAction() instanceof NextAction.Redirect(var address, var returnMac)) {
            return new Outcome.ActionRequired(id.get(), Outcome.PayerAction.redirect(address.toString(), Map.of("RETURNMAC", returnMac.reveal())));
        }
        return payment(response.payment().orElseThrow(), asked);
    }

    /** A payment as it stands. */
    static Outcome payment(PaymentResponse payment, Inquiry asked) {
        String id = payment.id().orElse(asked.providerId());
        return switch (payment.progress()) {
            case WAITS_FOR_PAYER -> new Outcome.ActionRequired(id, null);
            case WAITS_FOR_MERCHANT -> payment.status().filter(PaymentStatus.PENDING_CAPTURE::equals).isPresent()
                    ? approved(payment, id, asked, false)
                    : new Outcome.Pending(id);
            case PAID -> approved(payment, id, asked, true);
            case DECLINED -> declined(reasons(payment), reattempt(payment), id);
            // Released by somebody, or given up by the payer: only the latter says that nothing was ever held.
            case CANCELLED -> code(payment.statusOutput()) == CANCELLED_BY_PAYER
                    ? new Outcome.Declined(DeclineCode.AUTHENTICATION_FAILURE, false, says(reasons(payment), "Cancelled by the payer"), id)
                    : new Outcome.Pending(id);
            case UNDER_WAY, VERIFIED, GIVEN_BACK, UNKNOWN -> new Outcome.Pending(id);
        };
    }

    /** One operation on a payment, of those of a kind. */
    static Optional<Sighting> operation(MovementKind kind, OperationOutput operation, Currency currency) {
        String id = operation.id().orElse("");
        String reference = operation.operationReferences().flatMap(OperationPaymentReferences::merchantReference).orElse("");
        Optional<PaymentStatus> status = operation.status();
        if (id.isEmpty() || status.isEmpty() || !isOf(kind, status.get(), code(operation.statusOutput()))) {
            return Optional.empty();
        }
        Optional<Money> amount = WorldlineDirectMapper.money(operation.amountOfMoney(), currency);
        return Optional.of(new Sighting(id, reference, movement(id, status.get(), code(operation.statusOutput()), amount,
                operation.statusOutput().map(PaymentStatusOutput::errors).orElse(List.of()))));
    }

    static Outcome refund(RefundResponse refund, Currency currency) {
        return refund.id().isEmpty() || refund.status().isEmpty()
                ? new Outcome.Unknown("Worldline Direct answered without a refund")
                : movement(refund.id().get(), refund.status().get(), 0,
                        WorldlineDirectMapper.money(refund.refundOutput().flatMap(output -> output.amountOfMoney()), currency), List.of());
    }

    /** A payout as it stands. */
    static Outcome payout(PayoutResponse payout, Money asked) {
        String id = payout.id().orElse("");
        if (id.isEmpty()) {
            return new Outcome.Unknown("Worldline Direct answered without a payout");
        }
        if (payout.isDeclined()) {
            return declined(List.of(), Optional.empty(), id);
        }
        Optional<Money> amount = WorldlineDirectMapper.money(payout.payoutOutput().flatMap(PayoutOutput::amountOfMoney), asked.currency());
        return payout.isPaidOut() && amount.isPresent() ? new Outcome.Approved(id, amount.get(), Map.of()) : new Outcome.Pending(id);
    }

    /** Which payment or payout of ours a notice is about. */
    static Notice notice(WebhookEvent event, String shown) {
        String type = event.raw().typeText().orElse("");
        return switch (event) {
            case WebhookEvent.OfPayment(var raw, var payment) -> new Notice(event.fingerprint(), type,
                    payment.paymentOutput().flatMap(PaymentOutput::references).flatMap(PaymentReferences::merchantReference).orElse(null),
                    payment.id().orElse(null), shown);
            // A refund's number is its payment's with another count.
            case WebhookEvent.OfRefund(var raw, var refund) -> new Notice(event.fingerprint(), type,
                    refund.refundOutput().flatMap(RefundOutput::references).flatMap(PaymentReferences::merchantReference).orElse(null),
                    refund.id().map(id -> id.replaceFirst("_.*", "_0")).orElse(null), shown);
            case WebhookEvent.OfPayout(var raw, var payout) -> new Notice(event.fingerprint(), type,
                    payout.payoutOutput().flatMap(PayoutOutput::references).flatMap(PaymentReferences::merchantReference).orElse(null),
                    payout.id().orElse(null), shown);
            default -> new Notice(event.fingerprint(), type, null, null, shown);
        };
    }

    private static boolean isOf(MovementKind kind, PaymentStatus status, int code) {
        return switch (kind) {
            case CAPTURE -> status == PaymentStatus.CAPTURE_REQUESTED || status == PaymentStatus.CAPTURED || status == PaymentStatus.REJECTED_CAPTURE;
            case REFUND -> status == PaymentStatus.REFUND_REQUESTED || status == PaymentStatus.REFUNDED || (status == PaymentStatus.REJECTED && code / 10 == 8);
            case VOID -> status == PaymentStatus.CANCELLED;
        };
    }

    /** Done is what is done: a request that was taken is under way until its status says so. */
    private static Outcome movement(String id, PaymentStatus status, int code, Optional<Money> amount, List<APIError> errors) {
        boolean done = status == PaymentStatus.CAPTURED || status == PaymentStatus.REFUNDED || (status == PaymentStatus.CANCELLED && code == RELEASED);
        if (status == PaymentStatus.REJECTED || status == PaymentStatus.REJECTED_CAPTURE) {
            return declined(errors, Optional.empty(), id);
        }
        return done && amount.isPresent() ? new Outcome.Approved(id, amount.get(), Map.of()) : new Outcome.Pending(id);
    }

    private static Outcome approved(PaymentResponse payment, String id, Inquiry asked, boolean captured) {
        Optional<Money> amount = WorldlineDirectMapper.money(payment.paymentOutput().flatMap(PaymentOutput::amountOfMoney), asked.amount().currency());
        if (amount.isEmpty()) {
            // Another currency: nobody's guess.
            return new Outcome.Pending(id);
        }
        var details = new HashMap<>(Map.of(Outcome.Approved.CAPTURED, String.valueOf(captured)));
        payment.paymentOutput().flatMap(PaymentOutput::cardPaymentMethodSpecificOutput)
                .flatMap(CardPaymentMethodSpecificOutput::token)
                .ifPresent(token -> details.put(Outcome.Approved.CREDENTIAL, token));
        return new Outcome.Approved(id, amount.get(), Map.copyOf(details));
    }

    /** A call that brought no success: declined, refused, unsent, or nobody knows. */
    static Outcome failure(SdkException e) {
        if (e instanceof DeclinedTransactionException declined && !declined.mayHaveTakenEffect()) {
            return switch (declined) {
                case DeclinedPaymentException payment -> declined(payment.reasons(),
                        payment.result().payment().flatMap(WorldlineDirectOutcomes::reattempt),
                        payment.result().payment().flatMap(PaymentResponse::id).orElse(null));
                case DeclinedPayoutException payout -> declined(payout.reasons(), Optional.empty(), payout.result().id().orElse(null));
                case DeclinedRefundException refund -> declined(refund.reasons(), Optional.empty(), refund.result().id().orElse(null));
                default -> declined(declined.reasons(), Optional.empty(), null);
            };
        }
        if (e.mayHaveTakenEffect()) {
            return new Outcome.Unknown(reason(e));
        }
        return switch (e) {
            case AuthenticationException refused -> new Outcome.Rejected("Worldline Direct refused the credentials", true, says(refused));
            case AuthorizationException refused -> new Outcome.Rejected("Worldline Direct refused access", true, says(refused));
            case ValidationException invalid -> new Outcome.Rejected(problems(invalid), isAccountRule(invalid), says(invalid));
            case ReferenceException missing when missing.problem().status() == 404 -> new Outcome.Rejected(problems(missing), true, says(missing));
            case CommunicationException unsent -> new Outcome.NotSent(reason(unsent));
            // Neither says that nothing was done: settling repeats the request, with its key.
            case ApiException other -> new Outcome.Unknown("Worldline Direct answered " + other.problem().status());
            default -> new Outcome.NotSent(reason(e));
        };
    }

    private static Outcome declined(List<APIError> reasons, Optional<ReattemptIndicator> reattempt, @Nullable String id) {
        String number = reasons.stream().flatMap(reason -> reason.errorCode().stream()).findFirst().orElse("");
        Matcher issuer = ISSUER_CODE.matcher(number);
        DeclineCode code = AUTHENTICATION.getOrDefault(number,
                issuer.matches() ? DECLINES.getOrDefault(issuer.group(1), DeclineCode.GENERIC_DECLINE) : DeclineCode.GENERIC_DECLINE);
        boolean never = reattempt.filter(word -> word == ReattemptIndicator.NEVER_RETRY || word == ReattemptIndicator.DONT_STORE_PAN_CREDENTIALS).isPresent();
        boolean hard = never || FINAL.contains(code) || code == DeclineCode.AUTHENTICATION_FAILURE;
        return new Outcome.Declined(hard && code == DeclineCode.GENERIC_DECLINE ? DeclineCode.DO_NOT_TRY_AGAIN : code, hard,
                says(reasons, null), id);
    }

    private static List<APIError> reasons(PaymentResponse payment) {
        return payment.statusOutput().map(PaymentStatusOutput::errors).orElse(List.of());
    }

    private static Optional<ReattemptIndicator> reattempt(PaymentResponse payment) {
        return payment.paymentOutput().flatMap(PaymentOutput::cardPaymentMethodSpecificOutput)
                .flatMap(CardPaymentMethodSpecificOutput::reattemptInstructions)
                .flatMap(ReattemptInstructions::indicator);
    }

    private static int code(Optional<PaymentStatusOutput> output) {
        return output.flatMap(PaymentStatusOutput::statusCode).orElse(-1);
    }

    private static ProviderSays says(List<APIError> reasons, @Nullable String otherwise) {
        Optional<APIError> first = reasons.stream().findFirst();
        return new ProviderSays(first.flatMap(APIError::errorCode).orElse(null),
                first.flatMap(reason -> reason.message().or(reason::id)).orElse(otherwise), null);
    }

    private static ProviderSays says(ApiException e) {
        return new ProviderSays(e.problem().code() == null ? String.valueOf(e.problem().status()) : e.problem().code(), e.problem().title(), null);
    }

    private static boolean isAccountRule(ApiException e) {
        return ids(e).stream().anyMatch(ACCOUNT_RULES::contains);
    }

    /** Whether a movement was refused because the payment is not in a state for it. */
    static boolean isNotInThisState(ApiException e) {
        return ids(e).contains(NOT_IN_THIS_STATE);
    }

    private static List<String> ids(ApiException e) {
        return e.problem().body(ErrorResponse.class).stream().flatMap(body -> body.errors().stream()).flatMap(error -> error.id().stream()).toList();
    }

    /** Names of fields and messages, never what was sent. */
    private static String problems(ApiException e) {
        String items = String.join("; ", e.problem().errors().stream()
                .map(error -> (error.field() + " " + error.message()).strip())
                .toList());
        return items.isEmpty() ? "Worldline Direct refused the request" : items;
    }

    private static String reason(SdkException e) {
        return e.getClass().getSimpleName() + (e instanceof CommunicationException c ? " " + c.reason() : "");
    }
}
