package dev.bezant.server.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The methods without a card: their payers pay on a site of the method's own. This is the one place where they are declared; which of them a
 * provider account takes is told by its connector.
 *
 * @see "docs/protocols/payments-api.md, section 2.4, payment method"
 */
@SuppressWarnings("ImmutableEnumChecker") // The lists are those of List.of, which cannot change.
public enum RedirectMethod {
    BANCONTACT("bancontact", "Bancontact", false, List.of("eur"), List.of("BE"), List.of(), List.of(),
            List.of("bank_code", "bank_name", "bic", "generated_sepa_debit", "generated_sepa_debit_mandate", "iban_last4", "preferred_language", "verified_name")),
    EPS("eps", "EPS", false, List.of("eur"), List.of("AT"), List.of("bank"), List.of("bank"), List.of("bank", "verified_name")),
    IDEAL("ideal", "iDEAL", false, List.of("eur"), List.of("NL"), List.of("bank"), List.of("bank", "bic"),
            List.of("bank", "bic", "generated_sepa_debit", "generated_sepa_debit_mandate", "iban_last4", "transaction_id", "verified_name")),
    PAYPAL("paypal", "PayPal", true, List.of(), List.of(), List.of(), List.of("country", "payer_email", "payer_id"),
            List.of("country", "payer_email", "payer_id", "payer_name", "seller_protection", "transaction_id"));

    private final String type;
    private final String label;
    private final boolean capturesLater;
    private final List<String> currencies;
    private final List<String> countries;
    private final List<String> params;
    private final List<String> members;
    private final List<String> chargeMembers;

    RedirectMethod(
            String type,
            String label,
            boolean capturesLater,
            List<String> currencies,
            List<String> countries,
            List<String> params,
            List<String> members,
            List<String> chargeMembers) {
        this.type = type;
        this.label = label;
        this.capturesLater = capturesLater;
        this.currencies = currencies;
        this.countries = countries;
        this.params = params;
        this.members = members;
        this.chargeMembers = chargeMembers;
    }

    /** @param type as the API names it, such as {@code ideal} */
    public static Optional<RedirectMethod> find(String type) {
        return Arrays.stream(values()).filter(method -> method.type.equals(type)).findFirst();
    }

    /** As the API names it: {@code ideal}. */
    public String type() {
        return type;
    }

    /** As payers know it: {@code iDEAL}. */
    public String label() {
        return label;
    }

    /** Whether what a payer agreed to can be captured later; the others take the money as soon as the payer has agreed. */
    public boolean capturesLater() {
        return capturesLater;
    }

    /** The only ones it can be paid in, as the API spells them; empty where each provider account decides. */
    public Optional<List<String>> currencies() {
        return currencies.isEmpty() ? Optional.empty() : Optional.of(currencies);
    }

    /** Where its payers are, ISO 3166-1 alpha-2, upper-case; empty for any country. */
    public Optional<List<String>> countries() {
        return countries.isEmpty() ? Optional.empty() : Optional.of(countries);
    }

    /** What a request may say of it, under its own name. */
    public List<String> params() {
        return params;
    }

    /** What a payment method of it shows, under its own name; null where it is not known. */
    public List<String> members() {
        return members;
    }

    /** What a charge with it shows, under its own name; null where it is not known. */
    public List<String> chargeMembers() {
        return chargeMembers;
    }
}
