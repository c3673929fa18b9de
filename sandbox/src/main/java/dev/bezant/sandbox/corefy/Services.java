package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.world.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** By what an account can be paid and pay out (section 2): cards in every currency, and the other services that were seen, in theirs. */
final class Services {
    static final String CARD_METHOD = "payment_card";

    /**
     * A way to pay.
     *
     * @param method without currency and direction
     * @param refundable whether money can go back the same way
     */
    record Service(String code, String method, String currency, boolean refundable) {
        boolean takesCards() {
            return method.equals(CARD_METHOD);
        }
    }

    private record Method(String code, String name, String category, boolean refundable, List<String> currencies) {}

    private static final List<Method> OTHERS = List.of(
            new Method("applepay", "Apple Pay", "wallet", true, List.of("EUR")),
            new Method("googlepay", "Google Pay", "wallet", true, List.of("EUR")),
            new Method("ideal", "iDEAL", "bank", true, List.of("EUR")),
            new Method("blik", "BLIK", "bank", true, List.of("PLN")),
            new Method("eps", "eps", "bank", true, List.of("EUR")),
            new Method("multibanco", "Multibanco", "bank", true, List.of("EUR")),
            new Method("mb_way", "MB WAY", "bank", true, List.of("EUR")),
            new Method("openbanking", "Open banking", "bank", true, List.of("EUR")),
            new Method("neteller", "Neteller", "wallet", true, List.of("EUR")),
            new Method("bank_transfer", "Bank transfer", "bank", false, List.of("ARS", "CLP", "COP", "PEN", "USD")));

    private Services() {}

    /** What takes a payment, by its code such as {@code payment_card_eur_hpp}. */
    static Optional<Service> payIn(String code) {
        if (code.equals("test_usd")) {
            return Optional.of(new Service(code, "test", "USD", true));
        }
        return code.endsWith("_hpp") ? find(code, code.substring(0, code.length() - "_hpp".length())) : Optional.empty();
    }

    /** What pays out, by its code such as {@code payment_card_eur}. */
    static Optional<Service> payOut(String code) {
        return code.equals("test_usd") ? Optional.of(new Service(code, "test", "USD", false)) : find(code, code);
    }

    private static Optional<Service> find(String code, String withoutSuffix) {
        int cut = withoutSuffix.lastIndexOf('_');
        if (cut < 1) {
            return Optional.empty();
        }
        var method = withoutSuffix.substring(0, cut);
        var currency = withoutSuffix.substring(cut + 1).toUpperCase(Locale.ROOT);
        if (method.equals(CARD_METHOD)) {
            return Money.isCurrency(currency) ? Optional.of(new Service(code, method, currency, true)) : Optional.empty();
        }
        return OTHERS.stream().filter(other -> other.code().equals(method) && other.currencies().contains(currency)).findFirst()
                .map(other -> new Service(code, method, currency, other.refundable()));
    }

    static List<Service> payInsOf(String currency) {
        return codesOf(currency).stream().map(code -> payIn(code + "_hpp")).flatMap(Optional::stream).toList();
    }

    static List<Service> payOutsOf(String currency) {
        return codesOf(currency).stream().map(Services::payOut).flatMap(Optional::stream).toList();
    }

    private static List<String> codesOf(String currency) {
        var lower = currency.toLowerCase(Locale.ROOT);
        var codes = new ArrayList<String>();
        codes.add(CARD_METHOD + "_" + lower);
        OTHERS.stream().filter(other -> other.currencies().contains(currency)).forEach(other -> codes.add(other.code() + "_" + lower));
        return codes;
    }

    static ObjectNode method(String code) {
        var known = OTHERS.stream().filter(other -> other.code().equals(code)).findFirst();
        return Json.object().put("code", code)
                .put("name", known.map(Method::name).orElse("Bank card"))
                .put("category", known.map(Method::category).orElse("bank_card"))
                .putNull("logo").putNull("icon");
    }

    static @Nullable String nameOf(String code) {
        return payIn(code).map(service -> method(service.method()).path("name").asString()).orElse(null);
    }
}
