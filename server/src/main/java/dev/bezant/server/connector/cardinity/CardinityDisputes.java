package dev.bezant.server.connector.cardinity;

import dev.bezant.cardinity.Chargeback;
import dev.bezant.server.connector.ReportsDisputes.ReportedDispute;
import dev.bezant.server.connector.ReportsDisputes.Word;
import dev.bezant.server.connector.SchemeReasons;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
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
        return Optional.of(new ReportedDispute(chargeback.id(), chargeback.parentId(), word.get(), money.get(), SchemeReasons.of(code),
                code.isEmpty() ? null : code, text.isEmpty() ? null : text, due));
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
