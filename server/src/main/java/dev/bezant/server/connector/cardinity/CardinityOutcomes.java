package dev.bezant.server.connector.cardinity;

import dev.bezant.cardinity.Decline;
import dev.bezant.cardinity.PaymentOutcome;
import dev.bezant.cardinity.RefundOutcome;
import dev.bezant.cardinity.SettlementOutcome;
import dev.bezant.cardinity.ThreeDs;
import dev.bezant.cardinity.VoidOutcome;
import dev.bezant.sdk.FormPost;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.FieldError;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.RateLimitException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.kernel.Outcome.ProviderSays;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Cardinity says, as our outcomes. Tables, no calls.
 *
 * @see "docs/protocols/cardinity.md, section 9.1"
 */
final class CardinityOutcomes {
    /** Rules of an account, not of the request: another account may take it. */
    private static final Set<String> ACCOUNT_FIELDS = Set.of("currency", "amount", "country", "payment_method");

    /** The first six are the provider's, the others its sandbox's. */
    private static final Map<String, DeclineCode> DECLINES = Map.of(
            "3000", DeclineCode.GENERIC_DECLINE,
            "3001", DeclineCode.INSUFFICIENT_FUNDS,
            "3013", DeclineCode.INCORRECT_CVC,
            "3014", DeclineCode.AUTHENTICATION_REQUIRED,
            "33333", DeclineCode.AUTHENTICATION_FAILURE,
            "3041", DeclineCode.LOST_CARD,
            "3043", DeclineCode.STOLEN_CARD,
            "3054", DeclineCode.EXPIRED_CARD,
            "3059", DeclineCode.FRAUDULENT);
    private static final Map<String, DeclineCode> MORE_DECLINES = Map.of(
            "3065", DeclineCode.CARD_VELOCITY_EXCEEDED,
            "3096", DeclineCode.PROCESSING_ERROR);

    private CardinityOutcomes() {}

    /** @param asked the payment as we know it; its return URL is where a v1 challenge comes back to */
    static Outcome payment(PaymentOutcome outcome, Connector.Inquiry asked) {
        String id = outcome.payment().id();
        if (outcome instanceof PaymentOutcome.Approved(var payment)) {
            return approved(id, payment.amount(), payment.currency(), asked.amount().currency());
        }
        return switch (outcome) {
            case PaymentOutcome.Approved a -> throw new IllegalStateException();
            case PaymentOutcome.Declined(var payment, var decline) -> declined(decline, id);
            case PaymentOutcome.Pending3ds2 pending -> action(id, "3ds2", ThreeDs.challengeForm(pending, asked.reference()));
            case PaymentOutcome.Pending3ds1 pending ->
                    action(id, "3ds1", ThreeDs.challengeForm(pending, URI.create(asked.returnUrl()), asked.reference()));
            case PaymentOutcome.Processing p -> new Outcome.Pending(id);
            case PaymentOutcome.Unrecognized u -> new Outcome.Pending(id);
        };
    }

    static Outcome settlement(SettlementOutcome outcome, Currency currency) {
        var settlement = outcome.settlement();
        return switch (outcome) {
            case SettlementOutcome.Approved a -> approved(settlement.id(), settlement.amount(), settlement.currency(), currency);
            case SettlementOutcome.Declined(var s, var decline) -> declined(decline, s.id());
            case SettlementOutcome.Processing p -> new Outcome.Pending(settlement.id());
            case SettlementOutcome.Unrecognized u -> new Outcome.Pending(settlement.id());
        };
    }

    static Outcome refund(RefundOutcome outcome, Currency currency) {
        var refund = outcome.refund();
        return switch (outcome) {
            case RefundOutcome.Approved a -> approved(refund.id(), refund.amount(), refund.currency(), currency);
            case RefundOutcome.Declined(var r, var decline) -> declined(decline, r.id());
            case RefundOutcome.Processing p -> new Outcome.Pending(refund.id());
            case RefundOutcome.Unrecognized u -> new Outcome.Pending(refund.id());
        };
    }

    /** @param released what the void releases: Cardinity tells no amount */
    static Outcome voided(VoidOutcome outcome, Money released) {
        String id = outcome.paymentVoid().id();
        return switch (outcome) {
            case VoidOutcome.Approved a -> new Outcome.Approved(id, released, Map.of());
            case VoidOutcome.Declined(var v, var decline) -> declined(decline, id);
            case VoidOutcome.Processing p -> new Outcome.Pending(id);
            case VoidOutcome.Unrecognized u -> new Outcome.Pending(id);
        };
    }

    /** A call that brought no outcome: nothing happened, or nobody knows. */
    static Outcome failure(SdkException e) {
        if (e.mayHaveTakenEffect()) {
            return new Outcome.Unknown(reason(e));
        }
        return switch (e) {
            case RateLimitException limited -> new Outcome.Unknown("Cardinity answered 429");
            case PlatformException broken -> new Outcome.Unknown("Cardinity answered " + broken.problem().status());
            case AuthenticationException refused -> new Outcome.Rejected("Cardinity refused the credentials", true, says(refused));
            case AuthorizationException refused -> new Outcome.Rejected("Cardinity refused access", true, says(refused));
            case ValidationException invalid -> new Outcome.Rejected(violations(invalid), accountRule(invalid), says(invalid));
            case ApiException other -> new Outcome.Rejected("Cardinity answered " + other.problem().status(), false, says(other));
            default -> new Outcome.NotSent(reason(e));
        };
    }

    private static Outcome approved(String id, BigDecimal amount, String currency, Currency expected) {
        if (!currency.toLowerCase(Locale.ROOT).equals(expected.code())) {
            return new Outcome.Pending(id);
        }
        try {
            return new Outcome.Approved(id, CardinityMapper.money(amount, expected), Map.of());
        } catch (ArithmeticException e) {
            return new Outcome.Pending(id);
        }
    }

    private static Outcome action(String id, String kind, FormPost form) {
        return new Outcome.ActionRequired(id, new Outcome.PayerAction(kind, form.action().toString(), form.fields()));
    }

    private static Outcome declined(Decline decline, String id) {
        String number = decline.code().orElse("");
        DeclineCode code = DECLINES.getOrDefault(number, MORE_DECLINES.getOrDefault(number, DeclineCode.GENERIC_DECLINE));
        boolean hard = decline.kind() == Decline.Kind.HARD || decline.kind() == Decline.Kind.AUTHENTICATION_FAILED;
        if (hard && code == DeclineCode.GENERIC_DECLINE) {
            code = DeclineCode.DO_NOT_TRY_AGAIN;
        }
        return new Outcome.Declined(code, hard, new ProviderSays(emptyToNull(number), decline.error(), decline.adviceCode().orElse(null)), id);
    }

    private static boolean accountRule(ValidationException invalid) {
        return !invalid.problem().errors().isEmpty()
                && invalid.problem().errors().stream().allMatch(error -> ACCOUNT_FIELDS.contains(error.field()));
    }

    /** Fields and messages, never the rejected values. */
    private static String violations(ValidationException invalid) {
        String items = invalid.problem().errors().stream()
                .map((FieldError error) -> error.field() + " " + error.message())
                .collect(Collectors.joining("; "));
        return items.isEmpty() ? "Cardinity refused the request" : items;
    }

    private static ProviderSays says(ApiException e) {
        return new ProviderSays(String.valueOf(e.problem().status()), e.problem().title(), null);
    }

    private static String reason(SdkException e) {
        return e.getClass().getSimpleName() + (e instanceof dev.bezant.sdk.error.CommunicationException c ? " " + c.reason() : "");
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
