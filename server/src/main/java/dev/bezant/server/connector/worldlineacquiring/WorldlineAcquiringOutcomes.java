package dev.bezant.server.connector.worldlineacquiring;

import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.server.connector.Connector.Inquiry;
import dev.bezant.server.connector.Connector.Movement;
import dev.bezant.server.connector.Connector.MovementKind;
import dev.bezant.server.connector.Connector.Sighting;
import dev.bezant.server.connector.TakesBack.TakenBack;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome.ProviderSays;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.worldline.acquiring.model.AdditionalResponseData;
import dev.bezant.worldline.acquiring.model.ApiAccountVerificationResponse;
import dev.bezant.worldline.acquiring.model.ApiActionResponseForRefund;
import dev.bezant.worldline.acquiring.model.ApiPaymentResource;
import dev.bezant.worldline.acquiring.model.ApiPaymentResponse;
import dev.bezant.worldline.acquiring.model.ApiReferencesForResponses;
import dev.bezant.worldline.acquiring.model.ApiRefundSummaryForResponse;
import dev.bezant.worldline.acquiring.model.OperationResult;
import dev.bezant.worldline.acquiring.model.OperationType;
import dev.bezant.worldline.acquiring.model.Progress;
import dev.bezant.worldline.acquiring.model.RefundView;
import dev.bezant.worldline.acquiring.model.SubOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Worldline Acquiring says, as our outcomes.
 *
 * @see "docs/protocols/worldline-acquiring-mapping.md"
 */
final class WorldlineAcquiringOutcomes {
    /** By the number that ISO 8583 gives a refusal. */
    private static final Map<String, DeclineCode> DECLINES = Map.ofEntries(
            Map.entry("14", DeclineCode.INCORRECT_NUMBER),
            Map.entry("41", DeclineCode.LOST_CARD),
            Map.entry("43", DeclineCode.STOLEN_CARD),
            Map.entry("51", DeclineCode.INSUFFICIENT_FUNDS),
            Map.entry("54", DeclineCode.EXPIRED_CARD),
            Map.entry("59", DeclineCode.FRAUDULENT),
            Map.entry("61", DeclineCode.CARD_VELOCITY_EXCEEDED),
            Map.entry("65", DeclineCode.AUTHENTICATION_REQUIRED),
            Map.entry("82", DeclineCode.INCORRECT_CVC),
            Map.entry("91", DeclineCode.TRY_AGAIN_LATER),
            Map.entry("96", DeclineCode.PROCESSING_ERROR));
    private static final Set<DeclineCode> FINAL = Set.of(DeclineCode.LOST_CARD, DeclineCode.STOLEN_CARD, DeclineCode.FRAUDULENT);
    /** The schemes' advice never to try again. */
    private static final String NEVER = "03";

    private WorldlineAcquiringOutcomes() {}

    /** A payment as it was answered when it was made. What is neither a clear yes nor a clear no nor read by its id is taken back. */
    static Outcome created(ApiPaymentResponse response, Inquiry asked) {
        Progress progress = response.progress();
        if (response.isDeclined() && (progress == Progress.DECLINED || response.status().isEmpty())) {
            return declined(response, response.additionalResponseData(), response.paymentId().orElse(null));
        }
        Optional<String> id = response.paymentId();
        if (id.isEmpty()) {
            return new Outcome.Unknown("Worldline Acquiring answered without a payment");
        }
        boolean stands = progress == Progress.WAITS_FOR_MERCHANT || progress == Progress.CAPTURED;
        if (!stands || response.isDeclined() || response.responseCodeCategory().isEmpty()) {
            return new Outcome.Pending(id.get());
        }
        return response.isApproved() && WorldlineAcquiringMapper.money(response.totalAuthorizedAmount(), asked.amount().currency())
                .filter(asked.amount()::equals).isPresent()
                ? approved(id.get(), asked.amount(), progress, response.references())
                : new Outcome.Unknown("Worldline Acquiring approved something else than was asked for");
    }

    /** A payment as it stands. */
    static Outcome payment(ApiPaymentResource payment, Inquiry asked) {
        String id = asked.providerId();
        Progress progress = payment.progress();
        return switch (progress) {
            case WAITS_FOR_MERCHANT, CAPTURED -> WorldlineAcquiringMapper.money(payment.totalAuthorizedAmount(), asked.amount().currency())
                    .map(amount -> approved(id, amount, progress, payment.references()))
                    // Another currency: nobody's guess.
                    .orElseGet(() -> new Outcome.Pending(id));
            case DECLINED -> authorization(payment)
                    .map(operation -> declined(operation, Optional.empty(), id))
                    .orElseGet(() -> new Outcome.Declined(DeclineCode.GENERIC_DECLINE, false, ProviderSays.NOTHING, id));
            // Undone by somebody else: an operator knows whom to ask.
            case UNDONE, UNDER_WAY, UNKNOWN -> new Outcome.Pending(id);
        };
    }

    private static Optional<SubOperation> authorization(ApiPaymentResource payment) {
        return payment.operations().stream().filter(operation -> operation.operationType().filter(OperationType.AUTHORIZATION::equals).isPresent()).findFirst();
    }

    private static Outcome approved(String id, Money amount, Progress progress, Optional<ApiReferencesForResponses> references) {
        var details = new HashMap<>(Map.of(Outcome.Approved.CAPTURED, String.valueOf(progress == Progress.CAPTURED)));
        credential(references).ifPresent(it -> details.put(Outcome.Approved.CREDENTIAL, it));
        return new Outcome.Approved(id, amount, Map.copyOf(details));
    }

    private static Optional<String> credential(Optional<ApiReferencesForResponses> references) {
        return references.flatMap(ApiReferencesForResponses::schemeTransactionId)
                .filter(id -> !id.isBlank())
                .map(id -> WorldlineAcquiringMapper.SCHEME_CREDENTIAL + id);
    }

    /** A verification has no id but the one that we gave it. */
    static Outcome verified(ApiAccountVerificationResponse response, String reference, Currency currency) {
        if (response.isDeclined()) {
            return declined(response, response.additionalResponseData(), reference);
        }
        return response.isApproved()
                ? new Outcome.Approved(reference, new Money(0, currency),
                        credential(response.references()).map(it -> Map.of(Outcome.Approved.CREDENTIAL, it)).orElseGet(Map::of))
                : new Outcome.Unknown("Worldline Acquiring answered neither yes nor no");
    }

    /** A capture or a release: it has no id but the one that we gave it. */
    static Outcome moved(OperationResult result, Optional<AdditionalResponseData> additional, Movement movement) {
        if (result.isDeclined()) {
            return declined(result, additional, movement.reference());
        }
        return result.isApproved()
                ? new Outcome.Approved(movement.reference(), movement.amount(), Map.of())
                : new Outcome.Pending(movement.reference());
    }

    static Outcome refunded(ApiActionResponseForRefund response, Movement movement) {
        Optional<ApiRefundSummaryForResponse> refund = response.refund();
        String id = refund.flatMap(ApiRefundSummaryForResponse::refundId).orElse(movement.reference());
        if (response.isDeclined()) {
            return declined(response, response.additionalResponseData(), id);
        }
        // What is only authorized has not been given back yet.
        return response.isApproved() && refund.map(RefundView::progress).filter(Progress.CAPTURED::equals).isPresent()
                ? new Outcome.Approved(id, movement.amount(), Map.of())
                : new Outcome.Pending(id);
    }

    /** A refund as it stands. */
    static Outcome refund(RefundView refund, String id, Money amount) {
        return switch (refund.progress()) {
            case CAPTURED -> new Outcome.Approved(id, amount, Map.of());
            case DECLINED, UNDONE -> new Outcome.Declined(DeclineCode.GENERIC_DECLINE, false,
                    new ProviderSays(null, refund.status().map(Enum::name).orElse(null), null), id);
            case WAITS_FOR_MERCHANT, UNDER_WAY, UNKNOWN -> new Outcome.Pending(id);
        };
    }

    /**
     * The movements of a kind among a payment's operations. Empty unless the list proves itself: it shows how the payment began, and names our id of
     * everything. That it does is only inferred, and what is not on another list may have happened.
     */
    static Optional<List<Sighting>> movements(MovementKind kind, ApiPaymentResource payment, Currency currency) {
        return operations(switch (kind) {
            case CAPTURE -> OperationType.CAPTURE;
            case VOID -> OperationType.AUTHORIZATION_REVERSAL;
            case REFUND -> OperationType.REFUND;
        }, payment, currency);
    }

    static Optional<List<Sighting>> increments(ApiPaymentResource payment, Currency currency) {
        return operations(OperationType.INCREMENT, payment, currency);
    }

    private static Optional<List<Sighting>> operations(OperationType type, ApiPaymentResource payment, Currency currency) {
        boolean named = payment.operations().stream().allMatch(operation -> operation.operationId().isPresent());
        boolean whole = authorization(payment).isPresent() || payment.progress() == Progress.UNDONE;
        return named && whole
                ? Optional.of(payment.operations().stream().filter(operation -> operation.operationType().filter(type::equals).isPresent())
                        .map(operation -> sighting(operation, currency)).toList())
                : Optional.empty();
    }

    private static Sighting sighting(SubOperation operation, Currency currency) {
        String id = operation.operationId().orElse("");
        Optional<Money> amount = WorldlineAcquiringMapper.money(operation.amount(), currency);
        Outcome outcome = operation.isDeclined() ? declined(operation, Optional.empty(), id)
                : operation.isApproved() && amount.isPresent() ? new Outcome.Approved(id, amount.get(), Map.of()) : new Outcome.Pending(id);
        return new Sighting(id, id, outcome);
    }

    /** A call that brought no answer to read: refused, unsent, or nobody knows. */
    static Outcome failure(SdkException e) {
        if (e.mayHaveTakenEffect()) {
            return new Outcome.Unknown(reason(e));
        }
        return switch (e) {
            case AuthenticationException refused -> new Outcome.Rejected("Worldline Acquiring refused the credentials", true, says(refused));
            case AuthorizationException refused -> new Outcome.Rejected("Worldline Acquiring refused access", true, says(refused));
            case ValidationException invalid -> new Outcome.Rejected(problem(invalid), false, says(invalid));
            case ReferenceException missing when missing.status() == 404 -> new Outcome.Rejected(problem(missing), true, says(missing));
            case CommunicationException unsent -> new Outcome.NotSent(reason(unsent));
            case ApiException other -> new Outcome.Unknown("Worldline Acquiring answered " + other.status());
            default -> new Outcome.NotSent(reason(e));
        };
    }

    static TakenBack takenBack(OperationResult result) {
        if (result.isApproved()) {
            return new TakenBack.Undone();
        }
        return result.isDeclined()
                ? new TakenBack.Refused("declined with " + result.responseCode().orElse("no code"))
                : new TakenBack.Unknown("Worldline Acquiring answered neither yes nor no");
    }

    /** Not taken back, or nobody knows. 409 says that the payment is being worked on, or is not in a state for it: asked again, that shows. */
    static TakenBack notTakenBack(SdkException e) {
        if (e instanceof ReferenceException missing && missing.status() == 404) {
            return new TakenBack.NotArrived();
        }
        return e instanceof ValidationException invalid
                ? new TakenBack.Refused("answered with " + invalid.status() + ": " + problem(invalid))
                : new TakenBack.Unknown(reason(e));
    }

    private static Outcome declined(OperationResult result, Optional<AdditionalResponseData> additional, @Nullable String id) {
        String number = result.responseCode().orElse("");
        String advice = additional.flatMap(AdditionalResponseData::merchantAdviceCode).orElse(null);
        DeclineCode code = DECLINES.getOrDefault(number.replaceFirst("^0+(?=.)", ""), DeclineCode.GENERIC_DECLINE);
        boolean hard = NEVER.equals(advice) || FINAL.contains(code);
        return new Outcome.Declined(hard && code == DeclineCode.GENERIC_DECLINE ? DeclineCode.DO_NOT_TRY_AGAIN : code, hard,
                new ProviderSays(number.isEmpty() ? null : number, result.responseCodeDescription().orElse(null), advice), id);
    }

    private static ProviderSays says(ApiException e) {
        return new ProviderSays(e.problem().code() == null ? String.valueOf(e.status()) : e.problem().code(), e.problem().title(), null);
    }

    private static String problem(ApiException e) {
        String detail = e.problem().detail();
        String title = e.problem().title();
        return detail != null ? detail : title != null ? title : "Worldline Acquiring refused the request";
    }

    private static String reason(SdkException e) {
        return e.getClass().getSimpleName() + (e instanceof CommunicationException c ? " " + c.reason() : "");
    }
}
