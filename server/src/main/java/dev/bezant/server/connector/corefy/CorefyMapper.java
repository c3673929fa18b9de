package dev.bezant.server.connector.corefy;

import dev.bezant.corefy.Address;
import dev.bezant.corefy.BrowserInfo;
import dev.bezant.corefy.Card;
import dev.bezant.corefy.Customer;
import dev.bezant.corefy.NewInvoice;
import dev.bezant.corefy.NewPayout;
import dev.bezant.corefy.NewRefund;
import dev.bezant.corefy.PaymentInvoice;
import dev.bezant.sdk.SecretText;
import dev.bezant.server.connector.Connector.Browser;
import dev.bezant.server.connector.Connector.Payer;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.PaysOut;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Money;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Our payments as Corefy's requests, and their amounts as ours. Pure.
 *
 * @see "docs/protocols/corefy-mapping.md"
 */
final class CorefyMapper {
    /** As long as an abandoned challenge is watched: afterwards nothing can be paid any more. */
    static final Duration LIFE = Duration.ofHours(24);
    private static final String WAY = "bezant_way";
    /** Between the customer's reference and the token; neither an invoice's id nor a reference of ours has it. */
    private static final char TOKEN_MARK = ':';
    private static final int HOLDER_MAX = 100;
    private static final int HEADER_MAX = 2048;

    private CorefyMapper() {}

    /** Why a payment cannot be put into their words. The message is for the merchant. */
    static final class Unmappable extends Exception {
        private static final long serialVersionUID = 1L;

        Unmappable(String message) {
            super(message, null, false, false);
        }
    }

    /** How an invoice is paid. Told to Corefy, which tells it back with the invoice. */
    enum Way {
        /** We send a card to the Card Gate: before that nobody can pay. */
        GATE,
        /** A saved card is charged as soon as the invoice is made. */
        TOKEN,
        /** The payer pays on Corefy's page. */
        PAGE;

        static Way of(Connector.Payment payment) {
            return switch (payment.instrument()) {
                case Connector.Redirect r -> PAGE;
                case Connector.Card card -> payment.offSession() && card.cvc() == null && isToken(payment.credential()) ? TOKEN : GATE;
            };
        }

        /** Empty if it is none that we made, or Corefy does not tell. */
        static Optional<Way> of(PaymentInvoice invoice) {
            for (Way way : values()) {
                if (way.wire().equals(invoice.metadata().get(WAY))) {
                    return Optional.of(way);
                }
            }
            return Optional.empty();
        }

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static NewInvoice invoice(Connector.Payment payment, CorefyConfig config, Instant now) throws Unmappable {
        if (!payment.capture()) {
            throw new Unmappable("Corefy is not known to capture later: only payments that are captured at once can go there");
        }
        Way way = Way.of(payment);
        String currency = upper(payment.amount().currency());
        var invoice = NewInvoice.builder(payment.reference(), service(payment.instrument(), config, currency), amount(payment.amount(), config), currency)
                .metadata(Map.of(WAY, way.wire()))
                .customer(customer(payment, way))
                .returnUrl(URI.create(payment.returnUrl()))
                .expires(now.plus(LIFE));
        if (payment.description() != null) {
            invoice.description(payment.description());
        }
        if (payment.statement() != null) {
            invoice.descriptor(payment.statement());
        }
        if (config.callbackSecret() != null) {
            invoice.callbackUrl(URI.create(payment.noticeUrl()));
        }
        if (way == Way.TOKEN && payment.credential() != null) {
            invoice.token(SecretText.of(payment.credential().substring(payment.credential().indexOf(TOKEN_MARK) + 1))).chargeAtOnce();
        }
        return way == Way.GATE && payment.keep() ? invoice.tokenize().build() : invoice.build();
    }

    static Card card(Connector.Payment payment, Connector.Card card) {
        return new Card(SecretText.of(card.number().reveal()), card.expMonth(), card.expYear(),
                card.cvc() == null ? null : SecretText.of(card.cvc().reveal()), shortened(payment.payer().name(), HOLDER_MAX));
    }

    /** What is not known of the browser is filled with what a common desktop browser tells; an issuer may then challenge more often. */
    static BrowserInfo browser(Browser known) {
        int height = inside(known.screenHeight(), 1, 100_000, 1080);
        int width = inside(known.screenWidth(), 1, 100_000, 1920);
        String language = known.language() == null || !known.language().matches("[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,3}") ? "en-US" : known.language();
        return new BrowserInfo(header(known.acceptHeader(), "text/html"), inside(known.colorDepth(), 1, 48, 24), known.ip() == null ? "0.0.0.0" : known.ip(),
                false, language, height, width, inside(known.timeZoneMinutes(), -840, 720, 0), header(known.userAgent(), "Mozilla/5.0"), height, width);
    }

    static NewPayout payout(PaysOut.Payout payout, CorefyConfig config) throws Unmappable {
        String currency = upper(payout.amount().currency());
        Connector.Card card = payout.card();
        var asked = NewPayout.builder(payout.reference(), config.payoutServiceIn(currency), amount(payout.amount(), config), currency)
                .card(SecretText.of(card.number().reveal()), card.expMonth(), card.expYear(), shortened(payout.recipient().name(), HOLDER_MAX));
        if (payout.description() != null) {
            asked.description(payout.description());
        }
        if (config.callbackSecret() != null) {
            asked.callbackUrl(URI.create(payout.noticeUrl()));
        }
        return asked.build();
    }

    static NewRefund refund(Connector.Movement movement) {
        return NewRefund.of(movement.reference(), movement.amount().toDecimal());
    }

    /** Empty if it is of another currency, or finer than ours. */
    static Optional<Money> money(BigDecimal amount, String currency, Currency expected) {
        try {
            return currency.equals(upper(expected)) ? Optional.of(Money.fromDecimal(amount, expected)) : Optional.empty();
        } catch (ArithmeticException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * What stands for a saved card: its token, with the customer it belongs to.
     *
     * @param reference of the payment it was saved with, which is the customer's too
     */
    static String credential(String reference, SecretText token) {
        return reference + TOKEN_MARK + token.reveal();
    }

    private static boolean isToken(@Nullable String credential) {
        return credential != null && credential.indexOf(TOKEN_MARK) > 0;
    }

    private static String service(Connector.Instrument instrument, CorefyConfig config, String currency) throws Unmappable {
        return switch (instrument) {
            case Connector.Card c -> config.cardServiceIn(currency);
            case Connector.Redirect(var method) when CorefyMethods.PAGES.containsKey(method) ->
                    CorefyMethods.PAGES.get(method) + "_" + currency.toLowerCase(Locale.ROOT) + "_hpp";
            case Connector.Redirect(var method) -> throw new Unmappable("Corefy does not take " + method.label());
        };
    }

    private static BigDecimal amount(Money money, CorefyConfig config) throws Unmappable {
        try {
            BigDecimal amount = money.toDecimal();
            if (config.wholeAmounts() && amount.stripTrailingZeros().scale() > 0) {
                throw new Unmappable("This Corefy account takes whole amounts alone (whole_amounts), not " + money);
            }
            return amount;
        } catch (ArithmeticException e) {
            throw new Unmappable(money + " has more decimals than the currency");
        }
    }

    private static Customer customer(Connector.Payment payment, Way way) {
        Payer payer = payment.payer();
        String credential = payment.credential();
        String reference = way == Way.TOKEN && credential != null ? credential.substring(0, credential.indexOf(TOKEN_MARK)) : payment.reference();
        String email = payer.email() != null && payer.email().matches("[^@\\s]+@[^@\\s]+") ? payer.email() : null;
        String country = payer.country() == null ? null : payer.country().toUpperCase(Locale.ROOT);
        String street = payer.line2() == null || payer.line1() == null ? payer.line1() : payer.line1() + ", " + payer.line2();
        return new Customer(reference, payer.name(), email, payer.phone(), null, null,
                new Address(country, payer.state(), payer.city(), street, payer.postalCode(), null),
                payment.browser().ip() == null ? Map.of() : Map.of("ip", payment.browser().ip()));
    }

    private static String upper(Currency currency) {
        return currency.code().toUpperCase(Locale.ROOT);
    }

    private static int inside(@Nullable Integer value, int min, int max, int otherwise) {
        return value == null || value < min || value > max ? otherwise : value;
    }

    private static String header(@Nullable String text, String otherwise) {
        String known = shortened(text, HEADER_MAX);
        return known == null || known.isBlank() ? otherwise : known;
    }

    private static @Nullable String shortened(@Nullable String text, int max) {
        return text == null || text.codePointCount(0, text.length()) <= max ? text : text.substring(0, text.offsetByCodePoints(0, max));
    }
}
