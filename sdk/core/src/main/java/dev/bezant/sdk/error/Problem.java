package dev.bezant.sdk.error;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider said about a call that it did not carry out; the parts of RFC 9457 and the item lists of those who have them.
 *
 * @param method of the call
 * @param status the HTTP status
 * @param code the provider's own error code or id, where it has one
 * @param body the provider's own error object, where its SDK has a class for it
 */
public record Problem(
        String method,
        int status,
        @Nullable String type,
        @Nullable String code,
        @Nullable String title,
        @Nullable String detail,
        List<FieldError> errors,
        @Nullable Object body) {
    public Problem {
        errors = List.copyOf(errors);
    }

    public Problem(
            String method,
            int status,
            @Nullable String type,
            @Nullable String code,
            @Nullable String title,
            @Nullable String detail,
            List<FieldError> errors) {
        this(method, status, type, code, title, detail, errors, null);
    }

    public Problem withBody(Object object) {
        return new Problem(method, status, type, code, title, detail, errors, object);
    }

    /** The provider's own error object; empty when there was none, or one of another class. */
    public <T> Optional<T> body(Class<T> wanted) {
        return wanted.isInstance(body) ? Optional.of(wanted.cast(body)) : Optional.empty();
    }

    /** For answers that say nothing but their status. */
    public static Problem ofStatus(String method, int status) {
        return new Problem(method, status, null, null, null, null, List.of());
    }

    String text() {
        var text = new StringBuilder("The provider answered ").append(status);
        if (title != null) {
            text.append(' ').append(title);
        }
        if (detail != null) {
            text.append(": ").append(detail);
        }
        for (FieldError error : errors) {
            text.append("; ").append(error.field()).append(error.field().isEmpty() ? "" : ": ").append(error.message());
        }
        return text.toString();
    }
}
