package dev.bezant.server.partner;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Suggestion;
import dev.bezant.server.kernel.CardNumbers;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.shape.Country;
import dev.bezant.server.shape.Email;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of a request and gathers everything that is wrong with them, to be told at once.
 *
 * @see "docs/protocols/corefy-integration-api.md, sections 4 and 6"
 */
final class Fields {
    static final String VALIDATION_ERROR = "validation_error";
    /** Where rules are told that several fields share. */
    static final String NON_FIELD = "non_field_errors";

    private static final int URL_MAX = 2048;
    private static final int METADATA_MAX = 30;

    private final Params params;
    private final Set<String> read = new LinkedHashSet<>();
    private final Map<String, List<String>> problems = new LinkedHashMap<>();

    Fields(Params params) {
        this.params = params;
    }

    boolean has(String name) {
        return params.hasValue(name);
    }

    /** Null if it is absent, or wrong: then that will be told. */
    @Nullable String text(String name, int max) {
        return taken(name, () -> params.text(name, max));
    }

    /** Not null where it is right. */
    @Nullable String required(String name, int max) {
        String value = text(name, max);
        if (value == null) {
            missing(name);
        }
        return value;
    }

    @Nullable String email(String name) {
        return taken(name, () -> Email.read(params, name));
    }

    @Nullable String url(String name) {
        String value = taken(name, () -> params.url(name));
        if (value != null && value.length() > URL_MAX) {
            wrong(name, name + " is longer than " + URL_MAX + " characters.");
        }
        return value;
    }

    /** ISO 3166-1 alpha-2, upper-case. */
    @Nullable String country(String name) {
        return taken(name, () -> Country.read(params, name));
    }

    /** What the partner calls it. It is stored and shown, so it must not be a card number. */
    @Nullable String reference(String name) {
        String value = text(name, 100);
        if (value != null && CardNumbers.surelyIn(value)) {
            wrong(name, name + " holds what looks like a card number, and references are stored and shown.");
            return null;
        }
        return value;
    }

    @Nullable BigDecimal decimal(String name) {
        return taken(name, () -> params.decimal(name));
    }

    /** A whole number, also where it is written as text. */
    @Nullable Integer whole(String name, int min, int max) {
        BigDecimal value = decimal(name);
        if (value == null) {
            return null;
        }
        if (value.stripTrailingZeros().scale() > 0 || value.compareTo(BigDecimal.valueOf(min)) < 0 || value.compareTo(BigDecimal.valueOf(max)) > 0) {
            wrong(name, name + " must be a whole number from " + min + " to " + max + ".");
            return null;
        }
        return value.intValueExact();
    }

    /** @param currency null where that is wrong itself */
    @Nullable Money money(String name, @Nullable Currency currency) {
        BigDecimal value = decimal(name);
        if (value == null || currency == null) {
            return null;
        }
        if (value.signum() <= 0) {
            wrong(name, name + " must be greater than 0.");
            return null;
        }
        try {
            Money money = Money.fromDecimal(value, currency);
            // Some currencies are counted in units that they do not have.
            return money.toDecimal().signum() > 0 ? money : null;
        } catch (ArithmeticException e) {
            wrong(name, name + " has more decimals than " + code(currency) + ", or is too large: at most " + currency.apiDigits() + " decimals are allowed.");
            return null;
        }
    }

    /** @param standard where it is not sent */
    @Nullable Currency currency(String name, String standard) {
        String given = text(name, 3);
        if (given == null && problems.containsKey(name)) {
            return null;
        }
        String code = (given == null ? standard : given).toLowerCase(java.util.Locale.ROOT);
        Currency currency = Currency.find(code).orElse(null);
        if (currency == null) {
            wrong(name, name + " is no currency that is taken: send an ISO 4217 code such as USD.");
        }
        return currency;
    }

    /**
     * A map of the partner's own; never null.
     *
     * @param reserved keys that are ours
     */
    Map<String, String> metadata(List<String> reserved) {
        var own = new LinkedHashMap<String, String>();
        Params.TextMap given = taken("metadata", () -> params.textMap("metadata", METADATA_MAX, 40, 500));
        if (given != null) {
            given.changes().forEach((key, value) -> {
                if (reserved.contains(key)) {
                    wrong("metadata", "metadata must not have the key " + key + ": send it as a field of that name.");
                } else if (value != null) {
                    own.put(key, value);
                }
            });
        }
        return own;
    }

    /** The members of an object, as they are named; null if it is absent. */
    @Nullable Params object(String name) {
        return taken(name, () -> params.map(name));
    }

    void missing(String name) {
        if (!problems.containsKey(name)) {
            wrong(name, name + " is required.");
        }
    }

    void wrong(String name, String message) {
        problems.computeIfAbsent(name, it -> new ArrayList<>()).add(message);
    }

    /** Says what is wrong inside an object, as reading it tells. */
    void inside(String name, Runnable reading) {
        read.add(name);
        try {
            reading.run();
        } catch (ApiException e) {
            wrong(name, String.valueOf(e.getMessage()));
        }
    }

    /** @throws ApiException 400 with everything that is wrong, unknown fields too */
    void done() {
        for (String name : params.names()) {
            if (!read.contains(name)) {
                String shown = CardNumbers.masked(name.length() > 60 ? name.substring(0, 57) + "..." : name).replaceAll("\\p{Cntrl}", "?");
                wrong(shown, "There is no field " + shown + "." + Suggestion.of(name, read).map(near -> " Did you mean " + near + "?").orElse(""));
            }
        }
        if (!problems.isEmpty()) {
            throw invalid(problems);
        }
    }

    /** The refusal of some fields. */
    static ApiException invalid(Map<String, List<String>> problems) {
        ObjectNode details = Json.object();
        problems.forEach((name, messages) -> details.set(name, Json.texts(messages)));
        return new ApiException(400, ErrorCode.Type.INVALID_REQUEST, VALIDATION_ERROR, null, "Invalid request data: "
                + String.join(", ", problems.keySet()) + ". See details.").with("details", details);
    }

    static String code(Currency currency) {
        return currency.code().toUpperCase(java.util.Locale.ROOT);
    }

    private <T> @Nullable T taken(String name, Supplier<@Nullable T> reading) {
        read.add(name);
        try {
            return reading.get();
        } catch (ApiException e) {
            wrong(name, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
