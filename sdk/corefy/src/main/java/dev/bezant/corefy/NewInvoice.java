package dev.bezant.corefy;

import dev.bezant.sdk.SecretText;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment invoice in the making. Immutable.
 *
 * @see "docs/protocols/corefy.md, section 3"
 */
public final class NewInvoice {
    private static final int METADATA_MAX = 20;

    private final Builder values;

    private NewInvoice(Builder values) {
        this.values = values;
    }

    /**
     * @param referenceId ours, unique per account: Corefy refuses a second invoice of the same reference, which makes repeating safe
     * @param service such as {@code payment_card_eur_hpp}; see {@link #cardService}
     * @param amount major units, above 0
     * @param currency ISO 4217, upper-case
     */
    public static Builder builder(String referenceId, String service, BigDecimal amount, String currency) {
        return new Builder(referenceId, service, amount, currency);
    }

    /** The usual code of the service that takes cards in a currency. */
    public static String cardService(String currency) {
        return "payment_card_" + currency.toLowerCase(Locale.ROOT) + "_hpp";
    }

    public String referenceId() {
        return values.referenceId;
    }

    public BigDecimal amount() {
        return values.amount;
    }

    public String currency() {
        return values.currency;
    }

    void validate(Violations violations, boolean wholeAmounts) {
        violations.check(!values.referenceId.isBlank(), "reference_id", "must not be blank");
        violations.check(!values.service.isBlank(), "service", "must not be blank");
        violations.currency(values.currency);
        violations.amount(values.amount, wholeAmounts);
        violations.check(values.metadata.size() <= METADATA_MAX, "metadata", "must have at most " + METADATA_MAX + " keys");
        violations.webAddress("return_urls.success", values.successUrl);
        violations.webAddress("return_urls.pending", values.pendingUrl);
        violations.webAddress("return_urls.fail", values.failUrl);
        violations.webAddress("callback_url", values.callbackUrl);
        if (values.customer != null) {
            values.customer.validate(violations);
        }
        violations.check(values.customer != null || !(values.tokenize || values.token != null), "customer",
                "is needed with a token, and to get one: it belongs to the customer's reference");
        violations.check(!values.instant || values.token != null, "token", "is needed to charge without the payer");
        violations.check(values.retryLimit == null || (values.retryLimit >= 1 && values.retryLimit <= 100), "gateway_options.cardgate.retry_limit",
                "must be between 1 and 100");
    }

    Map<String, Object> json(boolean testMode, boolean wholeAmounts) {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("reference_id", values.referenceId);
        attributes.put("service", values.service);
        attributes.put("currency", values.currency);
        attributes.put("amount", Amounts.written(values.amount, wholeAmounts));
        attributes.put("flow", values.delayedCharge ? "delayed_charge" : "charge");
        attributes.put("test_mode", testMode);
        Json.put(attributes, "description", values.description);
        Json.put(attributes, "descriptor", values.descriptor);
        Json.putObject(attributes, "customer", values.customer == null ? Map.of() : values.customer.json());
        Json.putObject(attributes, "metadata", new LinkedHashMap<>(values.metadata));
        Json.putObject(attributes, "service_fields", new LinkedHashMap<>(values.serviceFields));
        Json.put(attributes, "token", values.token == null ? null : values.token.reveal());
        Json.putObject(attributes, "return_urls", returnUrls());
        Json.put(attributes, "callback_url", values.callbackUrl == null ? null : values.callbackUrl.toString());
        Json.put(attributes, "expires", values.expires == null ? null : values.expires.getEpochSecond());
        Json.putObject(attributes, "options", options());
        Map<String, Object> cardGate = cardGate();
        if (!cardGate.isEmpty()) {
            attributes.put("gateway_options", Map.of("cardgate", cardGate));
        }
        return Map.of("data", ordered("type", "payment-invoices", "attributes", attributes));
    }

    private Map<String, Object> returnUrls() {
        var urls = new LinkedHashMap<String, Object>();
        Json.put(urls, "success", values.successUrl == null ? null : values.successUrl.toString());
        Json.put(urls, "pending", values.pendingUrl == null ? null : values.pendingUrl.toString());
        Json.put(urls, "fail", values.failUrl == null ? null : values.failUrl.toString());
        return urls;
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        Json.put(options, "allow_partially", values.allowPartially ? true : null);
        Json.put(options, "bypass_hpp", values.bypassHostedPage ? true : null);
        return options;
    }

    private Map<String, Object> cardGate() {
        var options = new LinkedHashMap<String, Object>();
        Json.put(options, "tokenize", values.tokenize ? true : null);
        Json.put(options, "instant", values.instant ? true : null);
        Json.put(options, "retry_limit", values.retryLimit);
        return options;
    }

    static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    /** Without what may be personal or secret. */
    @Override
    public String toString() {
        return "NewInvoice[" + values.referenceId + ", " + values.service + ", " + values.amount + " " + values.currency + "]";
    }

    /** Collects the parts; all beyond the first four are optional. */
    public static final class Builder implements Cloneable {
        private final String referenceId;
        private final String service;
        private final BigDecimal amount;
        private final String currency;
        private boolean delayedCharge;
        private @Nullable String description;
        private @Nullable String descriptor;
        private @Nullable Customer customer;
        private Map<String, String> metadata = Map.of();
        private Map<String, String> serviceFields = Map.of();
        private @Nullable SecretText token;
        private @Nullable URI successUrl;
        private @Nullable URI pendingUrl;
        private @Nullable URI failUrl;
        private @Nullable URI callbackUrl;
        private @Nullable Instant expires;
        private boolean allowPartially;
        private boolean bypassHostedPage;
        private boolean tokenize;
        private boolean instant;
        private @Nullable Integer retryLimit;

        private Builder(String referenceId, String service, BigDecimal amount, String currency) {
            this.referenceId = referenceId;
            this.service = service;
            this.amount = amount;
            this.currency = currency;
        }

        /** Hold the money and take it later. How a hold is taken or released is not documented; see {@link PaymentInvoices#capture}. */
        public Builder delayedCharge() {
            delayedCharge = true;
            return this;
        }

        public Builder description(String value) {
            description = value;
            return this;
        }

        /** On the payer's statement. */
        public Builder descriptor(String value) {
            descriptor = value;
            return this;
        }

        public Builder customer(Customer value) {
            customer = value;
            return this;
        }

        /** At most 20 keys. */
        public Builder metadata(Map<String, String> value) {
            metadata = Map.copyOf(value);
            return this;
        }

        /** What the service asks for beside the card; {@link OfferedServices} tells which. */
        public Builder serviceFields(Map<String, String> value) {
            serviceFields = Map.copyOf(value);
            return this;
        }

        /** A saved card of the same customer. The payer sees the hosted page with the card filled in, unless it is charged at once. */
        public Builder token(SecretText value) {
            token = value;
            return this;
        }

        /** Charges the saved card at once, without the payer. */
        public Builder chargeAtOnce() {
            instant = true;
            return this;
        }

        /** Asks for a token of the card that pays; it comes with the payment, in {@link PaymentInvoice#savedCardToken}. */
        public Builder tokenize() {
            tokenize = true;
            return this;
        }

        /** Where the payer's browser ends, whatever happened. Coming back proves nothing: read the invoice. */
        public Builder returnUrl(URI value) {
            return returnUrls(value, value, value);
        }

        public Builder returnUrls(URI success, URI pending, URI fail) {
            successUrl = success;
            pendingUrl = pending;
            failUrl = fail;
            return this;
        }

        /** Where callbacks go; default what the account says. */
        public Builder callbackUrl(URI value) {
            callbackUrl = value;
            return this;
        }

        /** No payment is taken afterwards; to the second. */
        public Builder expires(Instant value) {
            expires = value;
            return this;
        }

        /** Accepts less than the amount. */
        public Builder allowPartially() {
            allowPartially = true;
            return this;
        }

        /** Skips the hosted page where the service can do without. */
        public Builder bypassHostedPage() {
            bypassHostedPage = true;
            return this;
        }

        /** How many cards the payer may try on the hosted page, 1 to 100. */
        public Builder retryLimit(int value) {
            retryLimit = value;
            return this;
        }

        public NewInvoice build() {
            try {
                return new NewInvoice((Builder) clone());
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
