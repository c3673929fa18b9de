package dev.bezant.sdk.error;

import java.util.List;
import java.util.stream.Collectors;

/** The request breaks the provider's known rules and was not sent. All mistakes are listed, not only the first. */
public final class InvalidRequestException extends SdkException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidRequestException(List<Violation> violations) {
        super(violations.stream().map(v -> v.field() + " " + v.message()).collect(Collectors.joining("; ", "Not sent: ", "")), null);
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
