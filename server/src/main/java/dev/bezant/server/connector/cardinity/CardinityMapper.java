package dev.bezant.server.connector.cardinity;

import dev.bezant.cardinity.BrowserInfo;
import dev.bezant.cardinity.Card;
import dev.bezant.cardinity.CardPayment;
import dev.bezant.cardinity.ChallengeWindowSize;
import dev.bezant.cardinity.PaymentRequest;
import dev.bezant.cardinity.PaymentTerms;
import dev.bezant.cardinity.RecurringPayment;
import dev.bezant.cardinity.ThreeDs2Data;
import dev.bezant.sdk.SecretText;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Our payments as Cardinity's requests, amounts included. Pure. */
final class CardinityMapper {
    private static final int HOLDER_MAX = 32;
    private static final int DESCRIPTION_MAX = 255;
    static final int DECIMALS = 2;
    private static final String MAIL_ORDER_MARK = "CRD-MOTO";

    private CardinityMapper() {}

    /** Why a payment cannot be put into Cardinity's words. The message is for the merchant. */
    static final class Unmappable extends Exception {
        private static final long serialVersionUID = 1L;

        Unmappable(String message) {
            super(message, null, false, false);
        }
    }

    /** @throws Unmappable if something that Cardinity needs is missing, or the amount does not fit its two decimals */
    static PaymentRequest payment(Connector.Payment payment, CardinityConfig config) throws Unmappable {
        PaymentTerms terms = terms(payment, config);
        if (!(payment.instrument() instanceof Connector.Card paid)) {
            throw new Unmappable("Cardinity takes cards only");
        }
        SecretText cvc = paid.cvc() == null ? null : SecretText.of(paid.cvc().reveal());
        if (cvc == null && payment.credential() != null) {
            return new RecurringPayment(terms, payment.credential());
        }
        var card = new Card(SecretText.of(paid.number().reveal()), paid.expYear(), paid.expMonth(), cvc, holder(payment.payer().name(), config));
        var plain = CardPayment.of(terms, card);
        // Without the data there is no challenge: what then needs one is declined by the issuer.
        return payment.offSession() ? plain : plain.with3ds2(ThreeDs2Data.of(URI.create(payment.returnUrl()), browser(payment.browser())));
    }

    /** @throws Unmappable if the amount does not fit */
    static BigDecimal amount(Money money) throws Unmappable {
        try {
            return money.toDecimal().setScale(DECIMALS, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new Unmappable("Cardinity takes amounts with two decimals, " + money + " has more");
        }
    }

    /** @throws ArithmeticException if what Cardinity says does not fit the currency */
    static Money money(BigDecimal amount, Currency currency) {
        return Money.fromDecimal(amount, currency);
    }

    private static PaymentTerms terms(Connector.Payment payment, CardinityConfig config) throws Unmappable {
        String country = payment.payer().country() != null ? payment.payer().country() : config.defaultCountry();
        if (country == null) {
            throw new Unmappable("Cardinity needs a country: give the payment method billing_details[address][country],"
                    + " or the provider account a default_country");
        }
        String currency = payment.amount().currency().code().toUpperCase(Locale.ROOT);
        return new PaymentTerms(amount(payment.amount()), currency, country.toUpperCase(Locale.ROOT), payment.capture(),
                payment.reference(), description(payment.description()), null);
    }

    /** A merchant's free text must not turn a card payment into a mail or telephone order, which is what this prefix does. */
    private static @Nullable String description(@Nullable String text) {
        return shortened(text != null && text.startsWith(MAIL_ORDER_MARK) ? "- " + text : text, DESCRIPTION_MAX);
    }

    private static String holder(@Nullable String given, CardinityConfig config) throws Unmappable {
        String holder = given != null && !given.isBlank() ? given.strip() : config.defaultHolder();
        if (holder == null) {
            throw new Unmappable("Cardinity needs a card holder: give the payment method billing_details[name],"
                    + " or the provider account a default_holder");
        }
        return String.valueOf(shortened(holder, HOLDER_MAX));
    }

    /**
     * What is not known of the browser is filled with what a common desktop browser tells; an issuer may then challenge more often.
     */
    private static BrowserInfo browser(Connector.Browser known) {
        int width = orElse(known.screenWidth(), 1920);
        int height = orElse(known.screenHeight(), 1080);
        return new BrowserInfo(
                orElse(known.acceptHeader(), "text/html"),
                orElse(known.language(), "en-US"),
                width,
                height,
                ChallengeWindowSize.forScreen(width, height),
                orElse(known.userAgent(), "Mozilla/5.0"),
                orElse(known.colorDepth(), 24),
                orElse(known.timeZoneMinutes(), 0),
                known.ip(),
                null,
                null);
    }

    private static <T> T orElse(@Nullable T value, T other) {
        return value == null ? other : value;
    }

    private static @Nullable String shortened(@Nullable String text, int max) {
        return text == null || text.codePointCount(0, text.length()) <= max ? text : text.substring(0, text.offsetByCodePoints(0, max));
    }
}
