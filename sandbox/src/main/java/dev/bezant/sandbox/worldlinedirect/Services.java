package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be asked about a card before it is paid with (section 1, services). Rates are fixed and made up. */
final class Services {
    /** Currencies of cards by country, and how many of them one euro buys. */
    private static final Map<String, BigDecimal> PER_EURO = Map.of("EUR", BigDecimal.ONE, "USD", new BigDecimal("1.0850"), "GBP",
            new BigDecimal("0.8600"), "CHF", new BigDecimal("0.9500"), "SEK", new BigDecimal("11.4000"), "PLN", new BigDecimal("4.3000"),
            "JPY", new BigDecimal("161.0000"), "KWD", new BigDecimal("0.3330"));
    private static final Map<String, String> CURRENCIES = Map.of("US", "USD", "GB", "GBP", "CH", "CHF", "SE", "SEK", "PL", "PLN", "JP", "JPY");
    private static final BigDecimal MARK_UP = new BigDecimal("3.25");
    /** Percent and minor units that a surcharge adds; as in the documented example. */
    private static final BigDecimal SURCHARGE_PERCENT = new BigDecimal("2.5");
    private static final long SURCHARGE_FIXED = 20;

    private final Store store;
    private final BrowserInput browserInput;
    private final SandboxClock clock;

    Services(Store store, BrowserInput browserInput, SandboxClock clock) {
        this.store = store;
        this.browserInput = browserInput;
        this.clock = clock;
    }

    static Answer testConnection() {
        return Answer.ok(Json.object().put("result", "OK"));
    }

    static Answer iinDetails(JsonNode json) {
        var body = Input.of(json);
        var bin = body.requiredText("bin");
        if (!bin.isEmpty() && !bin.matches("\\d{6,19}")) {
            body.refuse("bin", "must be at least six digits");
        }
        var context = body.object("paymentContext");
        var country = context.text("countryCode");
        var currency = context.object("amountOfMoney").text("currencyCode");
        body.refuseIfWrong();
        int id = CardReader.productOf(bin);
        var product = Product.of(id);
        if (product == null) {
            throw ProblemException.unknown("UNKNOWN_BIN", "bin");
        }
        var answer = binDetails(bin, id, Origin.of(bin));
        answer.put("paymentProductId", id).put("isAllowedInContext", product.isOffered(country, currency));
        answer.putArray("coBrands");
        return Answer.ok(answer);
    }

    static ObjectNode binDetails(String bin, int product, Origin origin) {
        var json = Json.object().put("countryCode", origin.country()).put("issuingCountryCode", origin.country())
                .put("cardType", origin.type()).put("cardCorporateIndicator", false).put("issuerName", "Sandbox Bank")
                .put("panLengthMin", product == 2 ? 15 : product == 132 ? 14 : 16).put("panLengthMax", product == 2 ? 15 : product == 117 ? 19 : 16)
                .put("panLuhnCheck", true).put("virtualCardIndicator", false);
        Wire.put(json, "cardScheme", CardReader.schemeOf(product));
        return json;
    }

    Answer dccRate(Account account, JsonNode json) {
        var body = Input.of(json);
        var source = body.required("cardSource");
        var base = Money.read(body.required("transaction"), "amount", 1);
        var origin = body.has("cardSource") ? origin(source, account) : null;
        body.refuseIfWrong();
        var answer = Json.object().put("dccSessionId", UUID.randomUUID().toString());
        var target = origin == null ? "EUR" : CURRENCIES.getOrDefault(origin.country(), "EUR");
        if (target.equals(base.currency()) || !PER_EURO.containsKey(base.currency())) {
            answer.putObject("result").put("result", "NoRate").put("resultReason", "The card's currency is the transaction's, or unknown");
            return Answer.ok(answer);
        }
        var rate = rate(base.currency(), target);
        answer.putObject("result").put("result", "Allowed");
        var proposal = answer.putObject("proposal");
        proposal.set("baseAmount", base.json());
        proposal.set("targetAmount", converted(base, target, rate).json());
        proposal.putObject("rate").put("exchangeRate", rate).put("invertedExchangeRate", BigDecimal.ONE.divide(rate, 6, RoundingMode.HALF_UP))
                .put("markUpRate", MARK_UP).put("quotationDateTime", Wire.dateTime(clock.instant())).put("source", "SANDBOX");
        proposal.put("disclaimerReceipt", "The payer has chosen the card's currency.").put("disclaimerDisplay", "The rate includes a mark-up of "
                + MARK_UP + " percent.");
        return Answer.ok(answer);
    }

    private static BigDecimal rate(String from, String to) {
        var plain = PER_EURO.getOrDefault(to, BigDecimal.ONE).divide(PER_EURO.getOrDefault(from, BigDecimal.ONE), 8, RoundingMode.HALF_UP);
        return plain.multiply(BigDecimal.ONE.add(MARK_UP.movePointLeft(2))).setScale(6, RoundingMode.HALF_UP);
    }

    private static Money converted(Money base, String target, BigDecimal rate) {
        int from = Currency.getInstance(base.currency()).getDefaultFractionDigits();
        int to = Currency.getInstance(target).getDefaultFractionDigits();
        var amount = BigDecimal.valueOf(base.amount(), from).multiply(rate).setScale(to, RoundingMode.HALF_UP);
        return new Money(amount.movePointRight(to).longValueExact(), target);
    }

    Answer surcharge(Account account, JsonNode json) {
        var body = Input.of(json);
        var net = Money.read(body, "amountOfMoney", 1);
        var source = body.required("cardSource");
        var product = body.has("cardSource") ? productOf(source, account) : null;
        body.refuseIfWrong();
        long more = surchargeOn(net.amount());
        var answer = Json.object();
        var one = answer.putArray("surcharges").addObject().put("paymentProductId", product).put("result", "OK");
        one.set("netAmount", net.json());
        one.set("surchargeAmount", net.with(more).json());
        one.set("totalAmount", net.with(net.amount() + more).json());
        one.putObject("surchargeRate").put("surchargeProductTypeId", "SANDBOX_CONSUMER").put("surchargeProductTypeVersion",
                "b0a3b1c0-5e4e-4c7a-9a53-0d5a0c1f2e11").put("adValoremRate", SURCHARGE_PERCENT).put("specificRate", SURCHARGE_FIXED);
        return Answer.ok(answer);
    }

    /** Minor units on minor units. */
    static long surchargeOn(long amount) {
        return BigDecimal.valueOf(amount).multiply(SURCHARGE_PERCENT.movePointLeft(2)).setScale(0, RoundingMode.HALF_UP).longValueExact()
                + SURCHARGE_FIXED;
    }

    private @Nullable Origin origin(Input source, Account account) {
        var number = number(source);
        if (number != null) {
            return Origin.of(number);
        }
        var card = stored(source, account);
        return card == null ? null : card.origin();
    }

    private @Nullable Integer productOf(Input source, Account account) {
        var number = number(source);
        if (number != null) {
            var given = source.object("card").integer("paymentProductId");
            return given != null ? given : Integer.valueOf(CardReader.productOf(number));
        }
        var card = stored(source, account);
        return card == null ? null : Integer.valueOf(card.productId());
    }

    private static @Nullable String number(Input source) {
        if (!source.has("card")) {
            return null;
        }
        var number = source.object("card").requiredText("cardNumber");
        if (!number.matches("\\d{6,19}")) {
            if (!number.isEmpty()) {
                source.object("card").refuse("cardNumber", "must be 6 to 19 digits");
            }
            return null;
        }
        return number;
    }

    private @Nullable CardFacts stored(Input source, Account account) {
        if (source.has("card")) {
            return null;
        }
        if (source.has("encryptedCustomerInput")) {
            return browserInput.card(source, "encryptedCustomerInput", account);
        }
        var session = store.tokenizations().get(String.valueOf(source.text("hostedTokenizationId")));
        var id = session != null ? session.tokenId() : source.text("token");
        var token = id == null ? null : store.tokens().get(id);
        if (token == null || !token.merchantId().equals(account.require("merchant_id")) || !token.isUsable(clock.instant())) {
            source.refuse("token", "is no usable token, and there is no card");
            return null;
        }
        return token.card();
    }

    static Answer privacyPolicy(@Nullable String locale, @Nullable String product) {
        if (locale != null && !Locales.isLocale(locale)) {
            throw ProblemException.invalid("locale", "is no locale such as en_GB");
        }
        if (product != null && (!product.matches("\\d{1,6}") || Product.of(Integer.parseInt(product)) == null)) {
            throw ProblemException.unknownProduct(404);
        }
        return Answer.ok(Json.object().put("htmlContent", "<h1>Privacy</h1><p>This is a simulation. Nothing that is typed here leaves this "
                + "machine.</p>"));
    }
}
