package dev.bezant.server.connector.corefy;

import dev.bezant.corefy.Challenge;
import dev.bezant.corefy.Decline;
import dev.bezant.corefy.PaymentInvoice.Attempt;
import dev.bezant.corefy.PaymentInvoice;
import dev.bezant.corefy.PaymentOutcome;
import dev.bezant.corefy.PayoutInvoice;
import dev.bezant.corefy.PayoutOutcome;
import dev.bezant.corefy.Refund;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.FieldError;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.server.connector.Connector.Inquiry;
import dev.bezant.server.connector.Connector.Sighting;
import dev.bezant.server.connector.corefy.CorefyMapper.Way;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome.ProviderSays;
import dev.bezant.server.kernel.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Corefy says, as our outcomes.
 *
 * @see "docs/protocols/corefy-mapping.md"
 */
final class CorefyOutcomes {
    private static final Map<String, DeclineCode> DECLINES = Map.ofEntries(
            Map.entry("insufficient_funds", DeclineCode.INSUFFICIENT_FUNDS),
            Map.entry("card_is_lost", DeclineCode.LOST_CARD),
            Map.entry("card_is_stolen", DeclineCode.STOLEN_CARD),
            // One word for both: the graver is told.
            Map.entry("lost_or_stolen_card", DeclineCode.STOLEN_CARD),
            Map.entry("antifraud_error", DeclineCode.FRAUDULENT),
            Map.entry("limit_violation", DeclineCode.CARD_VELOCITY_EXCEEDED),
            Map.entry("card_expired", DeclineCode.EXPIRED_CARD),
            Map.entry("fatal_card_expired", DeclineCode.EXPIRED_CARD),
            Map.entry("invalid_cvv", DeclineCode.INCORRECT_CVC),
            Map.entry("invalid_pan", DeclineCode.INCORRECT_NUMBER),
            Map.entry("card_type_not_supported", DeclineCode.CARD_NOT_SUPPORTED),
            Map.entry("functionality_is_not_permitted", DeclineCode.CARD_NOT_SUPPORTED),
            Map.entry("fatal_issuer_unavailable", DeclineCode.TRY_AGAIN_LATER),
            Map.entry("fatal_timeout", DeclineCode.TRY_AGAIN_LATER),
            Map.entry("provider_error", DeclineCode.PROCESSING_ERROR),
            Map.entry("provider_fatal_error", DeclineCode.PROCESSING_ERROR),
            Map.entry("error", DeclineCode.PROCESSING_ERROR),
            Map.entry("fatal_error", DeclineCode.PROCESSING_ERROR));
    /** Members of an invoice that are about what this account may do, not about the payment. */
    private static final Set<String> ACCOUNT_RULES = Set.of("service", "currency", "amount", "test_mode", "callback_url", "gateway_options", "token");
    private static final String WAITS_FOR_ISSUER = "authorize_required";

    private CorefyOutcomes() {}

    /** An invoice as it stands. */
    static Outcome payment(PaymentInvoice invoice, Inquiry asked, boolean testMode) {
        if (!asked.reference().equals(invoice.referenceId()) || invoice.testMode() != testMode) {
            return new Outcome.Unknown("Corefy tells of an invoice of another reference or mode");
        }
        return switch (PaymentOutcome.of(invoice)) {
            case PaymentOutcome.Paid paid -> approved(paid, asked);
            case PaymentOutcome.Pending p -> open(invoice);
            case PaymentOutcome.Declined(var it, var decline) -> declined(decline, invoice.id());
            case PaymentOutcome.Lapsed lapsed -> new Outcome.Declined(DeclineCode.AUTHENTICATION_FAILURE, false,
                    new ProviderSays(invoice.rawStatus(), "The payer did not pay in time, or gave up", null), invoice.id());
            case PaymentOutcome.Unrecognized u -> new Outcome.Pending(invoice.id());
        };
    }

    private static Outcome open(PaymentInvoice invoice) {
        if (invoice.moderationRequired()) {
            return new Outcome.Pending(invoice.id());
        }
        Optional<Way> way = Way.of(invoice);
        return switch (invoice.attempt()) {
            case Attempt.None n when way.filter(Way.GATE::equals).isPresent() ->
                    new Outcome.NotSent("Corefy has an invoice, and nobody has begun to pay it");
            case Attempt.None n when way.filter(Way.PAGE::equals).isPresent() -> page(invoice);
            case Attempt.Begun begun when WAITS_FOR_ISSUER.equals(begun.status()) -> new Outcome.ActionRequired(invoice.id(), null);
            case Attempt.None n -> new Outcome.Pending(invoice.id());
            case Attempt.Begun b -> new Outcome.Pending(invoice.id());
            case Attempt.NotTold n -> new Outcome.Pending(invoice.id());
        };
    }

    /** Where the payer pays; the invoice waits for him. */
    static Outcome page(PaymentInvoice invoice) {
        return new Outcome.ActionRequired(invoice.id(),
                invoice.hostedPage() == null ? null : Outcome.PayerAction.redirect(invoice.hostedPage().toString(), Map.of()));
    }

    static Outcome challenge(Challenge challenge, String id) {
        return new Outcome.ActionRequired(id, challenge.isForm()
                ? new Outcome.PayerAction(Outcome.PayerAction.FORM, challenge.action().toString(), challenge.params())
                : Outcome.PayerAction.redirect(challenge.address().toString(), Map.of()));
    }

    /** What the Card Gate refused. An account without a route for the card leaves it to the next. */
    static Outcome refused(Decline decline, String id) {
        return decline.kind() == Decline.Kind.NOT_ROUTED
                ? new Outcome.Rejected("This Corefy account has no route for the payment", true, says(decline))
                : declined(decline, id);
    }

    private static Outcome declined(Decline decline, String id) {
        String resolution = decline.resolution() == null ? "" : decline.resolution();
        return switch (decline.kind()) {
            case AUTHENTICATION_FAILED -> new Outcome.Declined(DeclineCode.AUTHENTICATION_FAILURE, true, says(decline), id);
            case NEEDS_AUTHENTICATION -> new Outcome.Declined(DeclineCode.AUTHENTICATION_REQUIRED, false, says(decline), id);
            case HARD -> new Outcome.Declined(DECLINES.getOrDefault(resolution, DeclineCode.DO_NOT_TRY_AGAIN), true, says(decline), id);
            case SOFT, NOT_ROUTED -> new Outcome.Declined(DECLINES.getOrDefault(resolution, DeclineCode.GENERIC_DECLINE), false, says(decline), id);
        };
    }

    private static Outcome approved(PaymentOutcome.Paid paid, Inquiry asked) {
        PaymentInvoice invoice = paid.invoice();
        Optional<Money> amount = CorefyMapper.money(paid.amount(), invoice.currency(), asked.amount().currency());
        if (amount.isEmpty()) {
            // Another currency: nobody's guess.
            return new Outcome.Pending(invoice.id());
        }
        var details = new HashMap<>(Map.of(Outcome.Approved.CAPTURED, "true"));
        invoice.savedCardToken().ifPresent(token -> details.put(Outcome.Approved.CREDENTIAL, CorefyMapper.credential(asked.reference(), token)));
        return new Outcome.Approved(invoice.id(), amount.get(), Map.copyOf(details));
    }

    /** One of an invoice's refunds. */
    static Sighting refund(Refund refund, String invoiceCurrency, Currency expected) {
        String reference = refund.referenceId() == null ? "" : refund.referenceId();
        String id = refund.id() == null ? reference : refund.id();
        return new Sighting(id, reference, switch (refund.status()) {
            case SUCCEEDED -> Optional.ofNullable(refund.amount())
                    .flatMap(amount -> CorefyMapper.money(amount, refund.currency() == null ? invoiceCurrency : refund.currency(), expected))
                    .<Outcome>map(amount -> new Outcome.Approved(id, amount, Map.of()))
                    .orElseGet(() -> new Outcome.Pending(id));
            case PENDING -> new Outcome.Pending(id);
            case FAILED -> new Outcome.Declined(DeclineCode.GENERIC_DECLINE, false, new ProviderSays(refund.rawStatus(), "Corefy could not refund", null), id);
        });
    }

    /** A payout as it stands. */
    static Outcome payout(PayoutOutcome outcome, Money asked) {
        PayoutInvoice payout = outcome.payout();
        return switch (outcome) {
            case PayoutOutcome.Paid p -> CorefyMapper.money(payout.amount(), payout.currency(), asked.currency())
                    .<Outcome>map(amount -> new Outcome.Approved(payout.id(), amount, Map.of()))
                    .orElseGet(() -> new Outcome.Pending(payout.id()));
            case PayoutOutcome.Waiting w -> new Outcome.NotSent("Corefy has the payout, and nobody has had it processed");
            case PayoutOutcome.Failed f -> new Outcome.Declined(
                    "insufficient_funds".equalsIgnoreCase(payout.resolution()) ? DeclineCode.INSUFFICIENT_FUNDS : DeclineCode.GENERIC_DECLINE, false,
                    new ProviderSays(payout.resolution(), payout.resolutionMessage() != null ? payout.resolutionMessage() : payout.rawStatus(), null), payout.id());
            case PayoutOutcome.Mixed m -> new Outcome.ActionRequired(payout.id(), null);
            // At work, or a word nobody knows: it stays open.
            case PayoutOutcome.Pending p -> new Outcome.Pending(payout.id());
            case PayoutOutcome.Unrecognized u -> new Outcome.Pending(payout.id());
        };
    }

    /** An invoice that was not made, or perhaps was: no card was sent to it, and none will be, so nothing can be paid. */
    static Outcome notMade(SdkException e) {
        return e.mayHaveTakenEffect() ? new Outcome.NotSent("Corefy gave no invoice to pay: " + reason(e)) : failure(e);
    }

    /** A call that brought no success: refused, unsent, or nobody knows. */
    static Outcome failure(SdkException e) {
        if (e.mayHaveTakenEffect()) {
            return new Outcome.Unknown(reason(e));
        }
        return switch (e) {
            case InvalidRequestException ours -> new Outcome.Rejected(String.valueOf(ours.getMessage()), false, ProviderSays.NOTHING);
            case AuthenticationException refused -> new Outcome.Rejected("Corefy refused the credentials", true, says(refused));
            case AuthorizationException refused -> new Outcome.Rejected("Corefy refused access", true, says(refused));
            case ValidationException invalid -> new Outcome.Rejected(problems(invalid), isAccountRule(invalid), says(invalid));
            case ReferenceException missing when missing.problem().status() == 404 -> new Outcome.Rejected(problems(missing), true, says(missing));
            case CommunicationException unsent -> new Outcome.NotSent(reason(unsent));
            // None of them says that nothing was done: settling looks by the reference.
            case ApiException other -> new Outcome.Unknown("Corefy answered " + other.problem().status());
            default -> new Outcome.NotSent(reason(e));
        };
    }

    private static boolean isAccountRule(ApiException e) {
        return e.problem().errors().stream().map(FieldError::field).anyMatch(ACCOUNT_RULES::contains);
    }

    private static ProviderSays says(Decline decline) {
        return new ProviderSays(decline.resolution(), decline.message() != null ? decline.message() : decline.originalResolution(), null);
    }

    private static ProviderSays says(ApiException e) {
        return new ProviderSays(e.problem().code() == null ? String.valueOf(e.problem().status()) : e.problem().code(), e.problem().title(), null);
    }

    /** Names of fields and messages, never what was sent. */
    private static String problems(ApiException e) {
        String items = String.join("; ", e.problem().errors().stream()
                .map(error -> (error.field() + " " + error.message()).strip())
                .toList());
        return items.isEmpty() ? "Corefy refused the request" : items;
    }

    static String reason(SdkException e) {
        return e.getClass().getSimpleName() + (e instanceof CommunicationException c ? " " + c.reason() : "");
    }
}
