package dev.bezant.server.shape;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Params;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An e-mail address: something before one at sign, a domain with a dot after it. Whether it exists only a mail can tell. */
public final class Email {
    private static final int LENGTH_MAX = 512;
    private static final Pattern SHAPE = Pattern.compile("[^\\s@<>\",;:()\\[\\]\\\\]++@[^\\s@<>\",;:()\\[\\]\\\\.]++(\\.[^\\s@<>\",;:()\\[\\]\\\\.]++)++");

    private Email() {}

    /**
     * Reads an address, kept as written.
     *
     * @return null if absent or unset
     * @throws ApiException 400 email_invalid
     */
    public static @Nullable String read(Params params, String name) {
        String value = params.text(name, LENGTH_MAX);
        if (value != null && !SHAPE.matcher(value).matches()) {
            throw new ApiException(ErrorCode.EMAIL_INVALID, params.at(name),
                    "Invalid email address: " + params.at(name) + " must look like name@example.com.");
        }
        return value;
    }
}
