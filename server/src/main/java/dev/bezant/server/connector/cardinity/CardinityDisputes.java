package dev.bezant.server.connector.cardinity;

import static java.util.Map.entry;

import dev.bezant.cardinity.Chargeback;
import dev.bezant.server.connector.ReportsDisputes.Reason;
import dev.bezant.server.connector.ReportsDisputes.ReportedDispute;
import dev.bezant.server.connector.ReportsDisputes.Word;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cardinity's chargebacks, as our disputes. Tables, no calls.
 *
 * @see "docs/protocols/cardinity-mapping.md, Chargebacks"
 */
final class CardinityDisputes {
    private static final Logger LOG = LoggerFactory.getLogger(CardinityDisputes.class);

    /** The networks' codes, by their public rules. What is not here is general. */
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

    private CardinityDisputes() {}

    /**
     * Reads one.
     *
     * @param responseDays how many days after it was raised evidence is taken; null if not known
     * @return empty for one that cannot be understood: it is told in the log, and looked at again with the next listing
     */
    static Optional<ReportedDispute> read(Chargeback chargeback, @Nullable Integer responseDays) {
        Optional<Word> word = switch (chargeback.rawStatus()) {
            case "initiated" -> Optional.of(Word.INQUIRY);
            case "approved" -> Optional.of(Word.TAKEN);
            case "declined" -> Optional.of(Word.RETURNED);
            default -> Optional.empty();
        };
        Optional<Money> money = money(chargeback);
        if (word.isEmpty() || money.isEmpty()) {
            LOG.atError().addKeyValue("chargeback", chargeback.id()).addKeyValue("status", chargeback.rawStatus())
                    .log("A chargeback cannot be understood and is left alone");
            return Optional.empty();
        }
        String reason = chargeback.reason() == null ? "" : chargeback.reason();
        int colon = reason.indexOf(':');
        String code = colon < 0 ? "" : reason.substring(0, colon).strip();
        String text = reason.substring(colon + 1).strip();
        Instant due = responseDays == null ? null : chargeback.created().plus(Duration.ofDays(responseDays));
        return Optional.of(new ReportedDispute(chargeback.id(), chargeback.parentId(), word.get(), money.get(), reason(code),
                code.isEmpty() ? null : code, text.isEmpty() ? null : text, due));
    }

    private static Reason reason(String code) {
        return REASONS.getOrDefault(code.toUpperCase(Locale.ROOT), Reason.GENERAL);
    }

    private static Optional<Money> money(Chargeback chargeback) {
        try {
            return Currency.find(chargeback.currency().toLowerCase(Locale.ROOT))
                    .map(currency -> CardinityMapper.money(chargeback.amount(), currency))
                    .filter(money -> money.amount() > 0);
        } catch (ArithmeticException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
