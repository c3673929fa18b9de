package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.Luhn;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A valid request for a payment (sections 2.1, 2.2, 5.1).
 *
 * @param recurring whether it is charged to the card of an earlier payment
 */
record PaymentRequest(long cents, String currency, String country, boolean settle, @Nullable String orderId, @Nullable String description,
        @Nullable String statementDescriptorSuffix, Card card, boolean recurring, @Nullable ThreeDsRequest threeDs) {

    private static final Set<String> COUNTRIES = Set.copyOf(Arrays.asList(Locale.getISOCountries()));
    private static final long CENTS_MIN = 50;

    /**
     * @param now by which cards expire
     * @param approvedCard the card of the account's approved payment with that id, or null
     * @throws ProblemException 400 with everything that is wrong
     */
    static PaymentRequest read(ObjectNode body, Account account, Instant now, Function<String, @Nullable Card> approvedCard) {
        var violations = new Violations();
        var fields = new Fields(body, violations);
        boolean settle = fields.flag("settle", true);
        var currency = currency(fields, account);
        long cents = amount(fields, settle ? CENTS_MIN : 0, currency);
        var country = country(fields);
        var orderId = orderId(fields);
        var description = fields.text("description", 255);
        var suffix = fields.text("statement_descriptor_suffix", 25);
        var method = fields.text("payment_method");
        boolean recurring = "recurring".equals(method);
        Card card = null;
        if (recurring) {
            card = storedCard(fields, approvedCard);
        } else if ("card".equals(method)) {
            card = card(fields, description != null && description.startsWith(Triggers.MOTO_PREFIX), now);
        } else {
            fields.refuse("payment_method", method == null ? Fields.EMPTY : "unsupported payment method");
        }
        var threeDs = fields.has("threeds2_data") ? ThreeDsRequest.read(fields.object("threeds2_data")) : null;
        violations.refuseIfAny();
        return new PaymentRequest(cents, currency, country, settle, orderId, description, suffix, Objects.requireNonNull(card), recurring,
                threeDs);
    }

    /** An amount in cents; 0 after noting that it is wrong. Zero itself is allowed where {@code centsMin} is 0, else at least that. */
    static long amount(Fields fields, long centsMin, String currency) {
        if (!fields.has("amount")) {
            fields.refuse("amount", Fields.EMPTY);
            return 0;
        }
        var cents = Amounts.cents(fields.get("amount"));
        if (cents == null) {
            fields.refuse("amount", "must be a decimal number");
            return 0;
        }
        boolean verification = centsMin == 0 && cents == 0;
        long least = centsMin == 0 ? CENTS_MIN : centsMin;
        if (!verification && cents < least) {
            fields.refuse("amount", "must be at least " + Amounts.text(least));
        } else if (!Amounts.fits(cents, currency)) {
            fields.refuse("amount", "must be a whole amount in " + currency);
        }
        return cents;
    }

    /** A currency the account may use; empty after noting that it may not. */
    static String currency(Fields fields, Account account) {
        var currency = fields.text("currency");
        if (currency == null) {
            fields.refuse("currency", Fields.EMPTY);
            return "";
        }
        var enabled = account.get("currencies");
        if (!Amounts.isCurrency(currency) || (enabled != null && !List.of(enabled.split(",")).contains(currency))) {
            fields.refuse("currency", "invalid or unsupported currency");
        }
        return currency;
    }

    static String country(Fields fields) {
        var country = fields.text("country");
        if (country == null) {
            fields.refuse("country", Fields.EMPTY);
            return "";
        }
        if (!isCountry(country)) {
            fields.refuse("country", "must be an ISO 3166-1 alpha-2 code");
        }
        return country;
    }

    static boolean isCountry(String code) {
        return COUNTRIES.contains(code);
    }

    static @Nullable String orderId(Fields fields) {
        var orderId = fields.text("order_id");
        if (orderId == null) {
            return null;
        }
        if (orderId.length() < 2 || orderId.length() > 50) {
            fields.refuse("order_id", "must be between 2 and 50 characters");
        } else if (!orderId.matches("[A-Za-z0-9'.-]+")) {
            fields.refuse("order_id", "must contain only letters, digits, '.', '-' and apostrophes");
        }
        return orderId;
    }

    private static @Nullable Card card(Fields body, boolean moto, Instant now) {
        var fields = body.object("payment_instrument");
        var pan = fields.text("pan");
        if (pan == null || pan.isEmpty()) {
            fields.refuse("pan", Fields.EMPTY);
            pan = null;
        } else if (!pan.matches("\\d{12,20}") || !Luhn.holds(pan)) {
            fields.refuseSecret("pan", "****" + pan.substring(Math.max(0, pan.length() - 4)), "invalid card number");
            pan = null;
        }
        var month = fields.integer("exp_month", 1, 12);
        var year = expiryYear(fields, month, now);
        checkCvc(fields, moto);
        var holder = fields.required("holder", 1, 32);
        if (pan == null || month == null || year == null) {
            return null;
        }
        return new Card(Card.brandOf(pan), pan.substring(pan.length() - 4), year, month, holder, CardBehaviour.of(pan));
    }

    private static @Nullable Integer expiryYear(Fields fields, @Nullable Integer month, Instant now) {
        var year = fields.integer("exp_year", 1000, 9999);
        var current = YearMonth.from(now.atZone(ZoneOffset.UTC));
        if (year != null && YearMonth.of(year, month == null ? 12 : month).isBefore(current)) {
            fields.refuse("exp_year", "card expired");
        }
        return year;
    }

    private static void checkCvc(Fields fields, boolean moto) {
        var cvc = fields.text("cvc");
        if (cvc == null || cvc.isEmpty()) {
            if (!moto) {
                fields.refuseSecret("cvc", null, Fields.EMPTY);
            }
        } else if (!cvc.matches(fields.get("cvc").isNumber() ? "\\d{1,4}" : "\\d{3,4}")) {
            // A code that came as a JSON number has lost its leading zeros.
            fields.refuseSecret("cvc", null, "must be 3 or 4 digits");
        }
    }

    private static @Nullable Card storedCard(Fields body, Function<String, @Nullable Card> approvedCard) {
        var fields = body.object("payment_instrument");
        var paymentId = fields.text("payment_id");
        if (paymentId == null || paymentId.isEmpty()) {
            fields.refuse("payment_id", Fields.EMPTY);
            return null;
        }
        var card = approvedCard.apply(paymentId);
        if (card == null) {
            fields.refuse("payment_id", "payment not found or not approved");
        }
        return card;
    }

    /** For logs: tells nothing of the card. */
    @Override
    public String toString() {
        return "PaymentRequest[" + Amounts.text(cents) + " " + currency + ", order " + Json.tree(String.valueOf(orderId)) + "]";
    }
}
