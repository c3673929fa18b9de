package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Offers conversions into the cardholder's currency (section 2.3). The rates are made up, and always the same. */
final class Rates {
    /** A rate that was offered, with the mark-up in it. */
    record Rate(String id, String merchantId, String from, String to, BigDecimal exchangeRate, Instant quoted) {}

    /** One euro in other currencies. */
    private static final Map<String, BigDecimal> PER_EURO = Map.ofEntries(rate("EUR", "1"), rate("GBP", "0.86"), rate("USD", "1.08"),
            rate("CHF", "0.95"), rate("SEK", "11.3"), rate("NOK", "11.6"), rate("DKK", "7.46"), rate("PLN", "4.3"), rate("CZK", "25"),
            rate("HUF", "390"), rate("RON", "4.97"), rate("JPY", "162"), rate("AUD", "1.64"), rate("CAD", "1.47"), rate("CNY", "7.8"),
            rate("HKD", "8.4"), rate("SGD", "1.45"), rate("INR", "90"), rate("BRL", "5.9"), rate("MXN", "19"), rate("AED", "3.97"),
            rate("THB", "39"), rate("MYR", "5.1"), rate("NZD", "1.8"), rate("CLP", "1010"), rate("COP", "4300"), rate("ARS", "950"));
    private static final BigDecimal MARK_UP = new BigDecimal("2.5");
    private static final Duration LIFE = Duration.ofHours(24);

    private final Store store;
    private final SandboxClock clock;

    Rates(Store store, SandboxClock clock) {
        this.store = store;
        this.clock = clock;
    }

    private static Map.Entry<String, BigDecimal> rate(String currency, String perEuro) {
        return Map.entry(currency, new BigDecimal(perEuro));
    }

    /** The {@code dynamicCurrencyConversion} of a request that moves money. */
    static void check(Input body) {
        if (!body.has("dynamicCurrencyConversion")) {
            return;
        }
        var conversion = Money.optional(body, "dynamicCurrencyConversion");
        var rate = body.object("dynamicCurrencyConversion").decimal("conversionRate");
        if (conversion != null && (rate == null || rate.signum() <= 0)) {
            body.refuse("dynamicCurrencyConversion.conversionRate", "must be above zero");
        }
    }

    Answer request(Merchant merchant, Input body, Work work) {
        body.requiredText("operationId");
        var transaction = body.required("transaction");
        transaction.time("transactionTimestamp");
        transaction.choice("transactionType", Set.of("PAYMENT", "REFUND"));
        var money = Money.required(transaction, "amount");
        var card = body.required("cardPaymentData");
        var bin = card.text("bin");
        if (bin != null && !bin.matches("\\d{6,12}")) {
            card.refuse("bin", "must be 6 to 12 digits");
        }
        var country = card.text("cardCountryCode");
        var target = body.text("targetCurrency");
        if (target != null && !Money.isCurrency(target)) {
            body.refuse("targetCurrency", "is no ISO 4217 code");
        }
        var known = body.text("rateReferenceId");
        body.refuseIfWrong();
        var currency = target != null ? target : Cards.currencyOf(country != null ? country : bin == null ? "" : Cards.countryOf(bin));
        if (currency.equals(money.currency()) || !PER_EURO.containsKey(currency) || !PER_EURO.containsKey(money.currency())) {
            return Answer.ok(Json.object().put("result", "NOT_AVAILABLE"));
        }
        var rate = known == null ? quote(merchant, money.currency(), currency, work) : used(merchant, known, money.currency(), currency);
        return Answer.ok(offer(money, rate));
    }

    private Rate quote(Merchant merchant, String from, String to, Work work) {
        var plain = PER_EURO.getOrDefault(to, BigDecimal.ONE).divide(PER_EURO.getOrDefault(from, BigDecimal.ONE), MathContext.DECIMAL128);
        var marked = plain.multiply(BigDecimal.ONE.add(MARK_UP.movePointLeft(2))).setScale(6, RoundingMode.HALF_UP);
        var rate = new Rate(UUID.randomUUID().toString(), merchant.merchantId(), from, to, marked, clock.instant());
        work.save(rate);
        return rate;
    }

    private Rate used(Merchant merchant, String id, String from, String to) {
        var rate = store.rate(id);
        if (rate == null || !rate.merchantId().equals(merchant.merchantId()) || !rate.from().equals(from) || !rate.to().equals(to)
                || !clock.instant().isBefore(rate.quoted().plus(LIFE))) {
            throw ProblemException.invalid("rateReferenceId names no rate of the last 24 hours for these currencies");
        }
        return rate;
    }

    private static ObjectNode offer(Money money, Rate rate) {
        int shift = Money.decimals(rate.to()) - Money.decimals(rate.from());
        long converted = rate.exchangeRate().multiply(BigDecimal.valueOf(money.amount())).movePointRight(shift)
                .setScale(0, RoundingMode.HALF_UP).longValueExact();
        var inverted = BigDecimal.ONE.divide(rate.exchangeRate(), 6, RoundingMode.HALF_UP);
        var json = Json.object().put("result", "AVAILABLE")
                .put("disclaimerDisplay", "You may pay in " + rate.to() + " or in " + rate.from() + ". The rate includes a mark-up of 2.5 percent.")
                .put("disclaimerReceipt", "The cardholder chose to pay in " + rate.to() + ". The choice is final.");
        var proposal = json.putObject("proposal");
        proposal.set("originalAmount", money.json());
        proposal.putObject("rate").put("exchangeRate", rate.exchangeRate()).put("invertedExchangeRate", inverted).put("markUp", MARK_UP)
                .put("markUpBasis", "SANDBOX").put("quotationDateTime", rate.quoted().toString());
        proposal.put("rateReferenceId", rate.id());
        proposal.set("resultingAmount", new Money(converted, rate.to()).json());
        return json;
    }
}
