package dev.bezant.server.connector.worldlineacquiring;

import dev.bezant.sdk.SecretText;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connector.Movement;
import dev.bezant.server.connector.Connector.Payer;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Money;
import dev.bezant.worldline.acquiring.model.AddressVerificationData;
import dev.bezant.worldline.acquiring.model.AmountData;
import dev.bezant.worldline.acquiring.model.ApiAccountVerificationRequest;
import dev.bezant.worldline.acquiring.model.ApiCaptureRequest;
import dev.bezant.worldline.acquiring.model.ApiIncrementRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentRefundRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentReversalRequest;
import dev.bezant.worldline.acquiring.model.ApiTechnicalReversalRequest;
import dev.bezant.worldline.acquiring.model.AuthorizationType;
import dev.bezant.worldline.acquiring.model.Brand;
import dev.bezant.worldline.acquiring.model.CardEntryMode;
import dev.bezant.worldline.acquiring.model.CardOnFileData;
import dev.bezant.worldline.acquiring.model.CardOnFileInitiator;
import dev.bezant.worldline.acquiring.model.CardOnFileType;
import dev.bezant.worldline.acquiring.model.CardPaymentData;
import dev.bezant.worldline.acquiring.model.CardPaymentDataForVerification;
import dev.bezant.worldline.acquiring.model.CardholderVerificationMethod;
import dev.bezant.worldline.acquiring.model.ECommerceData;
import dev.bezant.worldline.acquiring.model.ECommerceDataForAccountVerification;
import dev.bezant.worldline.acquiring.model.ExpiryDate;
import dev.bezant.worldline.acquiring.model.FutureUse;
import dev.bezant.worldline.acquiring.model.InitialCardOnFileData;
import dev.bezant.worldline.acquiring.model.PaymentReferences;
import dev.bezant.worldline.acquiring.model.PlainCardData;
import dev.bezant.worldline.acquiring.model.SubsequentCardOnFileData;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Our payments as Worldline Acquiring's requests. Pure.
 *
 * @see "docs/protocols/worldline-acquiring-mapping.md"
 */
final class WorldlineAcquiringMapper {
    /** The brands whose words are known (section 2.7). */
    static final Map<String, Brand> BRANDS = Map.of("mastercard", Brand.MASTERCARD, "visa", Brand.VISA);
    /** Marks the schemes' number of an earlier payment among what is kept of payments: others are the platform's own ids. */
    static final String SCHEME_CREDENTIAL = "scheme:";
    /** As the vendor's own SDK names it; whether any word will do is not known. */
    private static final String REASON = "TIMEOUT";

    private WorldlineAcquiringMapper() {}

    /** Why a payment cannot be put into their words. The message is for the merchant. */
    static final class Unmappable extends Exception {
        private static final long serialVersionUID = 1L;

        Unmappable(String message) {
            super(message, null, false, false);
        }
    }

    /** An amount that is only authorized is a pre-authorization: the one kind of which it is known that it can be captured in parts. */
    static ApiPaymentRequest payment(Connector.Payment payment, Instant now) throws Unmappable {
        Connector.Card card = card(payment);
        return ApiPaymentRequest.builder()
                .operationId(payment.reference())
                .transactionTimestamp(time(now))
                .authorizationType(payment.capture() ? null : AuthorizationType.PRE_AUTHORIZATION)
                .amount(amount(payment.amount()))
                .references(references(payment.reference(), payment.statement()))
                .cardPaymentData(CardPaymentData.builder()
                        .brand(brand(card))
                        .cardEntryMode(CardEntryMode.ECOMMERCE)
                        .cardholderVerificationMethod(verification(card))
                        .allowPartialApproval(false)
                        .captureImmediately(payment.capture())
                        .cardData(plain(card))
                        .cardOnFileData(onFile(payment))
                        .ecommerceData(address(payment.payer()).map(it -> ECommerceData.builder().addressVerificationData(it).build()).orElse(null))
                        .build())
                .build();
    }

    static ApiAccountVerificationRequest verification(Connector.Payment payment, Instant now) throws Unmappable {
        Connector.Card card = card(payment);
        return ApiAccountVerificationRequest.builder()
                .operationId(payment.reference())
                .transactionTimestamp(time(now))
                .references(references(payment.reference(), payment.statement()))
                .cardPaymentData(CardPaymentDataForVerification.builder()
                        .brand(brand(card))
                        .cardEntryMode(CardEntryMode.ECOMMERCE)
                        .cardholderVerificationMethod(verification(card))
                        .cardData(plain(card))
                        .cardOnFileData(onFile(payment))
                        .ecommerceData(address(payment.payer())
                                .map(it -> ECommerceDataForAccountVerification.builder().addressVerificationData(it).build())
                                .orElse(null))
                        .build())
                .build();
    }

    /**
     * A capture.
     *
     * @param sequence its number among the payment's captures, from 1; null for the one that takes everything
     */
    static ApiCaptureRequest capture(Movement movement, @Nullable Integer sequence, Instant now) throws Unmappable {
        var request = ApiCaptureRequest.builder()
                .operationId(movement.reference())
                .transactionTimestamp(time(now))
                .amount(amount(movement.amount()))
                .references(references(movement.reference(), null));
        return sequence == null ? request.build() : request.captureSequenceNumber(sequence).isFinal(movement.last()).build();
    }

    /** What is not captured, all of it: that is what a release without an amount means. */
    static ApiPaymentReversalRequest release(Movement movement, Instant now) {
        return ApiPaymentReversalRequest.builder().operationId(movement.reference()).transactionTimestamp(time(now)).build();
    }

    static ApiIncrementRequest increment(Movement movement, Instant now) throws Unmappable {
        return ApiIncrementRequest.builder()
                .operationId(movement.reference())
                .transactionTimestamp(time(now))
                .incrementAmount(amount(movement.amount()))
                .build();
    }

    static ApiPaymentRefundRequest refund(Movement movement, Instant now) throws Unmappable {
        return ApiPaymentRefundRequest.builder()
                .operationId(movement.reference())
                .transactionTimestamp(time(now))
                .amount(amount(movement.amount()))
                .captureImmediately(true)
                .references(references(movement.reference(), null))
                .build();
    }

    static ApiTechnicalReversalRequest takingBack(String by, Instant now) {
        return ApiTechnicalReversalRequest.builder().operationId(by).reason(REASON).transactionTimestamp(time(now)).build();
    }

    /** Empty if there is no amount, it is of another currency, or it is not one that the currency has. */
    static Optional<Money> money(Optional<AmountData> told, Currency expected) {
        try {
            return told.filter(amount -> amount.currencyCode().orElse("").toLowerCase(Locale.ROOT).equals(expected.code()))
                    .flatMap(AmountData::decimal)
                    .map(decimal -> Money.fromDecimal(decimal, expected));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static AmountData amount(Money money) throws Unmappable {
        try {
            return dev.bezant.worldline.acquiring.model.Money.of(money.toDecimal(), money.currency().code().toUpperCase(Locale.ROOT));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new Unmappable("Worldline Acquiring cannot be told " + money);
        }
    }

    private static Connector.Card card(Connector.Payment payment) throws Unmappable {
        return switch (payment.instrument()) {
            case Connector.Card card -> card;
            case Connector.Redirect redirect -> throw new Unmappable("Worldline Acquiring takes cards alone, not " + redirect.method().label());
        };
    }

    private static Brand brand(Connector.Card card) throws Unmappable {
        Brand known = BRANDS.get(card.brand());
        if (known == null) {
            throw new Unmappable("Worldline Acquiring does not take a card of brand " + card.brand());
        }
        return known;
    }

    private static CardholderVerificationMethod verification(Connector.Card card) {
        return card.cvc() == null ? CardholderVerificationMethod.NONE : CardholderVerificationMethod.CARD_SECURITY_CODE;
    }

    private static PlainCardData plain(Connector.Card card) {
        return PlainCardData.builder()
                .cardNumber(SecretText.of(card.number().reveal()))
                .cardSecurityCode(card.cvc() == null ? null : SecretText.of(card.cvc().reveal()))
                .expiryDate(ExpiryDate.of(card.expMonth(), card.expYear()))
                .build();
    }

    /** A kept card belongs to the payment it was kept with, by the number that the scheme gave it. */
    private static @Nullable CardOnFileData onFile(Connector.Payment payment) {
        String credential = payment.credential();
        if (credential != null && credential.startsWith(SCHEME_CREDENTIAL)) {
            return CardOnFileData.builder()
                    .isInitialTransaction(false)
                    .subsequentCardOnFileData(SubsequentCardOnFileData.builder()
                            .cardOnFileInitiator(payment.offSession() ? CardOnFileInitiator.MERCHANT : CardOnFileInitiator.CARDHOLDER)
                            .transactionType(CardOnFileType.UNSCHEDULED_CARD_ON_FILE)
                            .initialSchemeTransactionId(credential.substring(SCHEME_CREDENTIAL.length()))
                            .build())
                    .build();
        }
        return payment.keep() ? CardOnFileData.builder()
                .isInitialTransaction(true)
                .initialCardOnFileData(InitialCardOnFileData.builder()
                        .transactionType(CardOnFileType.UNSCHEDULED_CARD_ON_FILE)
                        .futureUse(FutureUse.MERCHANT_INITIATED)
                        .build())
                .build() : null;
    }

    private static Optional<AddressVerificationData> address(Payer payer) {
        return payer.line1() == null && payer.postalCode() == null ? Optional.empty() : Optional.of(AddressVerificationData.builder()
                .cardholderAddress(payer.line1())
                .cardholderPostalCode(payer.postalCode() == null ? null : payer.postalCode().replace(" ", ""))
                .build());
    }

    private static PaymentReferences references(String reference, @Nullable String statement) {
        return PaymentReferences.builder().merchantReference(reference).dynamicDescriptor(statement).build();
    }

    private static OffsetDateTime time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC);
    }
}
