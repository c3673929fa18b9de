package dev.bezant.corefy;

import dev.bezant.sdk.SecretText;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payout in the making. Immutable.
 *
 * @see "docs/protocols/corefy.md, section 8"
 */
public final class NewPayout {
    private final Builder values;

    private NewPayout(Builder values) {
        this.values = values;
    }

    /**
     * @param referenceId ours. Whether Corefy refuses a second payout of one reference is not documented: make it unique
     * @param service such as {@code payment_card_eur}
     * @param amount major units, above 0
     */
    public static Builder builder(String referenceId, String service, BigDecimal amount, String currency) {
        return new Builder(referenceId, service, amount, currency);
    }

    public String referenceId() {
        return values.referenceId;
    }

    void validate(Violations violations, boolean wholeAmounts) {
        violations.check(!values.referenceId.isBlank(), "reference_id", "must not be blank");
        violations.check(!values.service.isBlank(), "service", "must not be blank");
        violations.currency(values.currency);
        violations.amount(values.amount, wholeAmounts);
        violations.check(values.cardNumber == null || values.cardNumber.reveal().matches("[0-9]{12,19}"), "fields.card_number",
                "must be 12 to 19 digits");
        violations.check(values.expiryMonth >= 0 && values.expiryMonth <= 12, "context.card.exp_month", "must be between 1 and 12");
        violations.check(values.cardNumber != null || values.token != null || !values.fields.isEmpty(), "fields", "must say who is paid");
        violations.check(values.token == null || values.customer != null, "customer", "is needed with a token: it belongs to the customer's reference");
        violations.webAddress("callback_url", values.callbackUrl);
        if (values.customer != null) {
            values.customer.validate(violations);
        }
    }

    boolean isAnsweredBy(PayoutInvoice payout, boolean testMode) {
        return values.referenceId.equals(payout.referenceId()) && values.amount.compareTo(payout.amount()) == 0
                && values.currency.equals(payout.currency()) && payout.testMode() == testMode;
    }

    Map<String, Object> json(boolean testMode, boolean wholeAmounts) {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("reference_id", values.referenceId);
        attributes.put("service", values.service);
        attributes.put("currency", values.currency);
        attributes.put("amount", Amounts.written(values.amount, wholeAmounts));
        attributes.put("test_mode", testMode);
        Json.put(attributes, "description", values.description);
        var fields = new LinkedHashMap<String, Object>(values.fields);
        Json.put(fields, "card_number", values.cardNumber == null ? null : values.cardNumber.reveal());
        Json.putObject(attributes, "fields", fields);
        Json.put(attributes, "token", values.token == null ? null : values.token.reveal());
        if (values.cardNumber != null && values.expiryMonth > 0) {
            attributes.put("context", Map.of("card", NewInvoice.ordered("card_holder", values.holder == null ? "CARD HOLDER" : values.holder,
                    "exp_month", Card.twoDigits(values.expiryMonth), "exp_year", Card.twoDigits(values.expiryYear % 100))));
        }
        Json.putObject(attributes, "customer", values.customer == null ? Map.of() : values.customer.json());
        Json.putObject(attributes, "metadata", new LinkedHashMap<>(values.metadata));
        Json.put(attributes, "callback_url", values.callbackUrl == null ? null : values.callbackUrl.toString());
        attributes.put("options", Map.of("auto_process", values.autoProcess));
        return Map.of("data", NewInvoice.ordered("type", "payout-invoice", "attributes", attributes));
    }

    /** Without the recipient. */
    @Override
    public String toString() {
        return "NewPayout[" + values.referenceId + ", " + values.service + ", " + values.amount + " " + values.currency + "]";
    }

    /** Collects the parts. */
    public static final class Builder implements Cloneable {
        private final String referenceId;
        private final String service;
        private final BigDecimal amount;
        private final String currency;
        private Map<String, String> fields = Map.of();
        private @Nullable SecretText cardNumber;
        private @Nullable SecretText token;
        private int expiryMonth;
        private int expiryYear;
        private @Nullable String holder;
        private @Nullable String description;
        private @Nullable Customer customer;
        private Map<String, String> metadata = Map.of();
        private @Nullable URI callbackUrl;
        private boolean autoProcess;

        private Builder(String referenceId, String service, BigDecimal amount, String currency) {
            this.referenceId = referenceId;
            this.service = service;
            this.amount = amount;
            this.currency = currency;
        }

        /** To a card. If a token is given too, the number wins. */
        public Builder card(SecretText number, int month, int year, @Nullable String cardHolder) {
            cardNumber = number;
            expiryMonth = month;
            expiryYear = year;
            holder = cardHolder;
            return this;
        }

        /** To a saved card of the customer. */
        public Builder token(SecretText value) {
            token = value;
            return this;
        }

        /** What the service asks for, such as {@code account_number}. */
        public Builder fields(Map<String, String> value) {
            fields = Map.copyOf(value);
            return this;
        }

        public Builder description(String value) {
            description = value;
            return this;
        }

        public Builder customer(Customer value) {
            customer = value;
            return this;
        }

        public Builder metadata(Map<String, String> value) {
            metadata = Map.copyOf(value);
            return this;
        }

        public Builder callbackUrl(URI value) {
            callbackUrl = value;
            return this;
        }

        /** Sends the money with the creation. Without it the payout waits for {@link Payouts#process}, which is easier to be sure about. */
        public Builder processAtOnce() {
            autoProcess = true;
            return this;
        }

        public NewPayout build() {
            try {
                return new NewPayout((Builder) clone());
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
