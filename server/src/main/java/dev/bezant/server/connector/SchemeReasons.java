package dev.bezant.server.connector;

import static java.util.Map.entry;

import dev.bezant.server.connector.ReportsDisputes.Reason;
import java.util.Locale;
import java.util.Map;

/**
 * What the networks' codes of disputes stand for, by their public rules. What is not here is general.
 *
 * @see "docs/protocols/cardinity-mapping.md, Chargebacks"
 */
public final class SchemeReasons {
    private static final Map<String, Reason> REASONS = Map.ofEntries(
            // Visa.
            entry("10.1", Reason.FRAUDULENT), entry("10.2", Reason.FRAUDULENT), entry("10.3", Reason.FRAUDULENT),
            entry("10.4", Reason.FRAUDULENT), entry("10.5", Reason.FRAUDULENT), entry("12.4", Reason.INCORRECT_ACCOUNT_DETAILS),
            entry("12.6", Reason.DUPLICATE), entry("12.6.1", Reason.DUPLICATE), entry("12.6.2", Reason.DUPLICATE),
            entry("13.1", Reason.PRODUCT_NOT_RECEIVED), entry("13.2", Reason.SUBSCRIPTION_CANCELED), entry("13.3", Reason.PRODUCT_UNACCEPTABLE),
            entry("13.4", Reason.PRODUCT_UNACCEPTABLE), entry("13.5", Reason.PRODUCT_UNACCEPTABLE), entry("13.6", Reason.CREDIT_NOT_PROCESSED),
            entry("13.7", Reason.CREDIT_NOT_PROCESSED), entry("13.9", Reason.PRODUCT_NOT_RECEIVED),
            // Mastercard.
            entry("4834", Reason.DUPLICATE), entry("4837", Reason.FRAUDULENT), entry("4840", Reason.FRAUDULENT), entry("4841", Reason.SUBSCRIPTION_CANCELED),
            entry("4849", Reason.FRAUDULENT), entry("4855", Reason.PRODUCT_NOT_RECEIVED), entry("4859", Reason.PRODUCT_NOT_RECEIVED),
            entry("4860", Reason.CREDIT_NOT_PROCESSED), entry("4863", Reason.UNRECOGNIZED), entry("4870", Reason.FRAUDULENT),
            entry("4871", Reason.FRAUDULENT),
            // American Express.
            entry("C02", Reason.CREDIT_NOT_PROCESSED), entry("C04", Reason.CREDIT_NOT_PROCESSED), entry("C05", Reason.CREDIT_NOT_PROCESSED),
            entry("C08", Reason.PRODUCT_NOT_RECEIVED), entry("C14", Reason.DUPLICATE), entry("C28", Reason.SUBSCRIPTION_CANCELED),
            entry("C31", Reason.PRODUCT_UNACCEPTABLE), entry("C32", Reason.PRODUCT_UNACCEPTABLE), entry("F10", Reason.FRAUDULENT),
            entry("F14", Reason.FRAUDULENT), entry("F24", Reason.FRAUDULENT), entry("F29", Reason.FRAUDULENT), entry("F30", Reason.FRAUDULENT),
            entry("F31", Reason.FRAUDULENT), entry("P08", Reason.DUPLICATE),
            // Discover and Diners Club.
            entry("AA", Reason.UNRECOGNIZED), entry("AP", Reason.SUBSCRIPTION_CANCELED), entry("DP", Reason.DUPLICATE),
            entry("RG", Reason.PRODUCT_NOT_RECEIVED), entry("RM", Reason.PRODUCT_UNACCEPTABLE), entry("RN2", Reason.CREDIT_NOT_PROCESSED),
            entry("UA01", Reason.FRAUDULENT), entry("UA02", Reason.FRAUDULENT), entry("UA05", Reason.FRAUDULENT), entry("UA06", Reason.FRAUDULENT));

    private SchemeReasons() {}

    /** @param code such as {@code 10.4}; an empty text where none was told */
    public static Reason of(String code) {
        return REASONS.getOrDefault(code.toUpperCase(Locale.ROOT), Reason.GENERAL);
    }
}
