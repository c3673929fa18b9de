package dev.bezant.server.connector.worldlinedirect;

import dev.bezant.sdk.SecretText;
import dev.bezant.server.connector.Connector.Browser;
import dev.bezant.server.connector.Connector.Payer;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.PaysOut;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Money;
import dev.bezant.worldline.direct.model.Address;
import dev.bezant.worldline.direct.model.AmountOfMoney;
import dev.bezant.worldline.direct.model.AuthorizationMode;
import dev.bezant.worldline.direct.model.BrowserData;
import dev.bezant.worldline.direct.model.CancelPaymentRequest;
import dev.bezant.worldline.direct.model.CapturePaymentRequest;
import dev.bezant.worldline.direct.model.Card;
import dev.bezant.worldline.direct.model.CardPaymentMethodSpecificInput;
import dev.bezant.worldline.direct.model.CardPayoutMethodSpecificInput;
import dev.bezant.worldline.direct.model.ChallengeIndicator;
import dev.bezant.worldline.direct.model.ContactDetails;
import dev.bezant.worldline.direct.model.CreatePaymentRequest;
import dev.bezant.worldline.direct.model.CreatePayoutRequest;
import dev.bezant.worldline.direct.model.Customer;
import dev.bezant.worldline.direct.model.CustomerDevice;
import dev.bezant.worldline.direct.model.ExpiryDate;
import dev.bezant.worldline.direct.model.Feedbacks;
import dev.bezant.worldline.direct.model.LocaleCode;
import dev.bezant.worldline.direct.model.OperationPaymentReferences;
import dev.bezant.worldline.direct.model.Order;
import dev.bezant.worldline.direct.model.OrderReferences;
import dev.bezant.worldline.direct.model.PaymentReferences;
import dev.bezant.worldline.direct.model.PersonalInformation;
import dev.bezant.worldline.direct.model.PersonalName;
import dev.bezant.worldline.direct.model.RedirectPaymentMethodSpecificInput;
import dev.bezant.worldline.direct.model.RedirectionData;
import dev.bezant.worldline.direct.model.RefundRequest;
import dev.bezant.worldline.direct.model.SequenceIndicator;
import dev.bezant.worldline.direct.model.ThreeDSecure;
import dev.bezant.worldline.direct.model.UnscheduledRequestor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Our payments as Worldline Direct's requests. Pure: the same payment gives the same request, so that a repeated one is recognized.
 *
 * @see "docs/protocols/worldline-direct-mapping.md"
 */
final class WorldlineDirectMapper {
    private static final int DESCRIPTOR_MAX = 22;
    private static final int HOLDER_MAX = 50;
    private static final int NAME_MAX = 35;

    private WorldlineDirectMapper() {}

    /** Why a payment cannot be put into their words. The message is for the merchant. */
    static final class Unmappable extends Exception {
        private static final long serialVersionUID = 1L;

        Unmappable(String message) {
            super(message, null, false, false);
        }
    }

    static CreatePaymentRequest payment(Connector.Payment payment, WorldlineDirectConfig config) throws Unmappable {
        var request = CreatePaymentRequest.builder().order(Order.builder()
                .amountOfMoney(amount(payment.amount()))
                .customer(customer(payment, config))
                .references(OrderReferences.builder()
                        .merchantReference(payment.reference())
                        .descriptor(shortened(payment.statement(), DESCRIPTOR_MAX))
                        .build())
                .build());
        if (config.webhooksKeyId() != null) {
            request.feedbacks(Feedbacks.builder().webhooksUrls(List.of(payment.noticeUrl())).build());
        }
        switch (payment.instrument()) {
            case Connector.Card card -> request.cardPaymentMethodSpecificInput(card(payment, card));
            case Connector.Redirect redirect -> request.redirectPaymentMethodSpecificInput(RedirectPaymentMethodSpecificInput.builder()
                    .paymentProductId(product(WorldlineDirectMethods.REDIRECTS.get(redirect.method()), redirect.method().label()))
                    .requiresApproval(!payment.capture())
                    .redirectionData(RedirectionData.builder().returnUrl(payment.returnUrl()).build())
                    .build());
        }
        return request.build();
    }

    /** @param last whether nothing more will be captured: the rest is released */
    static CapturePaymentRequest capture(Connector.Movement movement, boolean last) {
        return CapturePaymentRequest.builder()
                .amount(movement.amount().toMinorUnits())
                .isFinal(last)
                .operationReferences(references(movement))
                .build();
    }

    /** What is not captured, all of it. */
    static CancelPaymentRequest release(Connector.Movement movement) {
        return CancelPaymentRequest.builder().isFinal(true).operationReferences(references(movement)).build();
    }

    static RefundRequest refund(Connector.Movement movement) {
        return RefundRequest.builder().amountOfMoney(amount(movement.amount())).operationReferences(references(movement)).build();
    }

    static CreatePayoutRequest payout(PaysOut.Payout payout, WorldlineDirectConfig config) throws Unmappable {
        Connector.Card card = payout.card();
        var request = CreatePayoutRequest.builder()
                .amountOfMoney(amount(payout.amount()))
                .cardPayoutMethodSpecificInput(CardPayoutMethodSpecificInput.builder()
                        .paymentProductId(product(WorldlineDirectMethods.BRANDS.get(card.brand()), "a card of brand " + card.brand()))
                        .card(Card.builder()
                                .cardNumber(SecretText.of(card.number().reveal()))
                                .expiryDate(ExpiryDate.of(card.expMonth(), card.expYear()))
                                .cardholderName(shortened(payout.recipient().name(), HOLDER_MAX))
                                .build())
                        .build())
                .descriptor(shortened(payout.statement(), DESCRIPTOR_MAX))
                .references(PaymentReferences.builder().merchantReference(payout.reference()).build());
        if (config.webhooksKeyId() != null) {
            request.feedbacks(Feedbacks.builder().webhooksUrls(List.of(payout.noticeUrl())).build());
        }
        return request.build();
    }

    /** Empty if there is no amount, or it is of another currency. */
    static Optional<Money> money(Optional<AmountOfMoney> told, Currency expected) {
        return told.filter(amount -> amount.currencyCode().orElse("").toLowerCase(Locale.ROOT).equals(expected.code()))
                .flatMap(AmountOfMoney::amount)
                .map(minor -> Money.ofMinorUnits(minor, expected));
    }

    private static OperationPaymentReferences references(Connector.Movement movement) {
        return OperationPaymentReferences.builder().merchantReference(movement.reference()).build();
    }

    private static AmountOfMoney amount(Money money) {
        return AmountOfMoney.builder().amount(money.toMinorUnits()).currencyCode(money.currency().code().toUpperCase(Locale.ROOT)).build();
    }

    private static CardPaymentMethodSpecificInput card(Connector.Payment payment, Connector.Card card) throws Unmappable {
        var input = CardPaymentMethodSpecificInput.builder()
                .paymentProductId(product(WorldlineDirectMethods.BRANDS.get(card.brand()), "a card of brand " + card.brand()))
                .authorizationMode(payment.capture() ? AuthorizationMode.SALE : AuthorizationMode.FINAL_AUTHORIZATION)
                .threeDSecure(threeDSecure(payment));
        if (card.cvc() == null && payment.credential() != null && WorldlineDirectMethods.isToken(payment.credential())) {
            input.token(payment.credential());
        } else {
            input.card(Card.builder()
                    .cardNumber(SecretText.of(card.number().reveal()))
                    .cvv(card.cvc() == null ? null : SecretText.of(card.cvc().reveal()))
                    .expiryDate(ExpiryDate.of(card.expMonth(), card.expYear()))
                    .cardholderName(shortened(payment.payer().name(), HOLDER_MAX))
                    .build());
        }
        if (payment.credential() != null) {
            input.unscheduledCardOnFileRequestor(payment.offSession() ? UnscheduledRequestor.MERCHANT_INITIATED : UnscheduledRequestor.CARDHOLDER_INITIATED)
                    .unscheduledCardOnFileSequenceIndicator(SequenceIndicator.SUBSEQUENT);
        } else if (payment.keep()) {
            input.tokenize(true)
                    .unscheduledCardOnFileRequestor(UnscheduledRequestor.CARDHOLDER_INITIATED)
                    .unscheduledCardOnFileSequenceIndicator(SequenceIndicator.FIRST);
        }
        return input.build();
    }

    private static ThreeDSecure threeDSecure(Connector.Payment payment) {
        var secure = ThreeDSecure.builder().redirectionData(RedirectionData.builder().returnUrl(payment.returnUrl()).build());
        if (payment.offSession()) {
            return secure.skipAuthentication(true).build();
        }
        return secure.skipAuthentication(false)
                .challengeIndicator(payment.challenge() ? ChallengeIndicator.CHALLENGE_REQUIRED : ChallengeIndicator.NO_PREFERENCE)
                .build();
    }

    private static int product(@Nullable Integer known, String what) throws Unmappable {
        if (known == null) {
            throw new Unmappable("Worldline Direct does not take " + what);
        }
        return known;
    }

    private static Customer customer(Connector.Payment payment, WorldlineDirectConfig config) {
        Payer payer = payment.payer();
        String country = payer.country() != null ? payer.country() : config.defaultCountry();
        return Customer.builder()
                .billingAddress(Address.builder()
                        .street(payer.line1())
                        .additionalInfo(payer.line2())
                        .city(payer.city())
                        .state(payer.state())
                        .zip(payer.postalCode())
                        .countryCode(country == null ? null : country.toUpperCase(Locale.ROOT))
                        .build())
                .contactDetails(ContactDetails.builder().emailAddress(payer.email()).phoneNumber(payer.phone()).build())
                .personalInformation(payer.name() == null ? null : PersonalInformation.builder().name(name(payer.name())).build())
                .device(device(payment.browser()))
                .build();
    }

    /** A name is one text with us: its last word is taken for the surname. */
    private static PersonalName name(String whole) {
        String text = whole.strip();
        int space = text.lastIndexOf(' ');
        return space < 0
                ? PersonalName.builder().surname(shortened(text, NAME_MAX)).build()
                : PersonalName.builder().firstName(shortened(text.substring(0, space).strip(), NAME_MAX)).surname(shortened(text.substring(space + 1), NAME_MAX)).build();
    }

    /** What is not known of the browser is filled with what a common desktop browser tells; an issuer may then challenge more often. */
    private static CustomerDevice device(Browser known) {
        return CustomerDevice.builder()
                .acceptHeader(orElse(known.acceptHeader(), "text/html"))
                .userAgent(orElse(known.userAgent(), "Mozilla/5.0"))
                .locale(locale(known.language()))
                .ipAddress(known.ip())
                .timezoneOffsetUtcMinutes(String.valueOf(orElse(known.timeZoneMinutes(), 0)))
                .browserData(BrowserData.builder()
                        .colorDepth(orElse(known.colorDepth(), 24))
                        .javaEnabled(false)
                        .javaScriptEnabled(true)
                        .screenHeight(String.valueOf(orElse(known.screenHeight(), 1080)))
                        .screenWidth(String.valueOf(orElse(known.screenWidth(), 1920)))
                        .build())
                .build();
    }

    /** {@code lt-LT} and {@code lt} are languages; what else a browser may say is not theirs. */
    private static LocaleCode locale(@Nullable String language) {
        String text = language == null ? "" : language.replace('-', '_');
        return LocaleCode.of(text.matches("[a-z]{2,3}_[A-Z]{2}") ? text : "en_US");
    }

    private static <T> T orElse(@Nullable T value, T other) {
        return value == null ? other : value;
    }

    private static @Nullable String shortened(@Nullable String text, int max) {
        return text == null || text.codePointCount(0, text.length()) <= max ? text : text.substring(0, text.offsetByCodePoints(0, max));
    }
}
