package dev.bezant.server.openapi;

import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.kernel.DeclineCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The codes that an error can carry, with their statuses and meanings. */
final class ErrorCatalogue {
    /** Stands in fragments for every code that an attempt at a provider can end with. */
    static final String DECLINES = "declines";
    /** Stands in fragments for what can be wrong with a card as it is given. */
    static final String CARDS = "cards";

    /** What can be wrong with any parameters. */
    static final List<ErrorCode> OF_PARAMETERS = List.of(ErrorCode.PARAMETER_MISSING, ErrorCode.PARAMETER_UNKNOWN, ErrorCode.PARAMETER_INVALID,
            ErrorCode.PARAMETER_INVALID_EMPTY, ErrorCode.PARAMETER_INVALID_INTEGER, ErrorCode.PARAMETERS_EXCLUSIVE, ErrorCode.INVALID_CHARACTERS);

    private static final List<ErrorCode> OF_CARDS = List.of(ErrorCode.PAYMENT_METHOD_UNSUPPORTED_TYPE, ErrorCode.INVALID_NUMBER, ErrorCode.INCORRECT_NUMBER,
            ErrorCode.INVALID_EXPIRY_MONTH, ErrorCode.INVALID_EXPIRY_YEAR, ErrorCode.INVALID_CVC);
    private static final int DECLINED = 402;
    /** What a payment's code is called where a card was only to be verified. */
    private static final Code SETUP_AUTHENTICATION =
            new Code("setup_intent_authentication_failure", DECLINED, DeclineCode.AUTHENTICATION_FAILURE.message());
    private static final Map<String, Code> ALL = all();

    /** @param meaning one sentence */
    record Code(String name, int status, String meaning) {}

    private ErrorCatalogue() {}

    static Code of(ErrorCode code) {
        return new Code(code.wireName(), code.status(), code.meaning());
    }

    /**
     * What a fragment names.
     *
     * @throws IllegalArgumentException if there is no such code
     */
    static Stream<Code> named(String name) {
        if (name.equals(DECLINES)) {
            return Stream.concat(Arrays.stream(DeclineCode.values()).map(ErrorCatalogue::of), Stream.of(SETUP_AUTHENTICATION));
        }
        if (name.equals(CARDS)) {
            return OF_CARDS.stream().map(ErrorCatalogue::of);
        }
        Code code = ALL.get(name);
        if (code == null) {
            throw new IllegalArgumentException("There is no error code '" + name + "': ErrorCode has those of the API; '" + DECLINES
                    + "' stands for what an attempt at a provider can end with, '" + CARDS + "' for what can be wrong with a card as it is given");
        }
        return Stream.of(code);
    }

    /** Every code. */
    static List<Code> codes() {
        return List.copyOf(ALL.values());
    }

    private static Map<String, Code> all() {
        var all = new LinkedHashMap<String, Code>();
        for (ErrorCode code : ErrorCode.values()) {
            all.put(code.wireName(), of(code));
        }
        for (DeclineCode code : DeclineCode.values()) {
            all.putIfAbsent(code.errorCode(), of(code));
        }
        all.put(SETUP_AUTHENTICATION.name(), SETUP_AUTHENTICATION);
        return all;
    }

    private static Code of(DeclineCode decline) {
        return new Code(decline.errorCode(), DECLINED, decline.errorCode().equals("card_declined")
                ? "The issuer said no; decline_code says why."
                : decline.message());
    }
}
