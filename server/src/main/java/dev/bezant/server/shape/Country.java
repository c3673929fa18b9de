package dev.bezant.server.shape;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Params;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A country as ISO 3166-1 alpha-2 names it. */
public final class Country {
    private static final Set<String> CODES = Set.of(Locale.getISOCountries());

    private Country() {}

    /**
     * Reads a country; lower-case is forgiven and stored upper-case.
     *
     * @return null if absent or unset
     * @throws ApiException 400 country_code_invalid
     */
    public static @Nullable String read(Params params, String name) {
        String value = params.text(name);
        if (value == null) {
            return null;
        }
        String code = value.toUpperCase(Locale.ROOT);
        if (!CODES.contains(code)) {
            throw new ApiException(ErrorCode.COUNTRY_CODE_INVALID, params.at(name),
                    "Invalid country: " + params.at(name) + " must be a two-letter ISO 3166-1 code such as LT or US.");
        }
        return code;
    }
}
