package dev.bezant.cardinity;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why the issuer or 3-D Secure said no.
 *
 * @param error as received, such as {@code 3000: Do not Honor}; the wording varies, act upon {@link #code()}
 * @param merchantAdviceCode as received, such as {@code 03: Do not try again}
 * @param threeDsStatusReason as received, such as {@code 01: Card authentication failed}
 */
public record Decline(@Nullable String error, @Nullable String merchantAdviceCode, @Nullable String threeDsStatusReason) {
    private static final Set<String> NEVER_AGAIN = Set.of("03", "21");

    /** What may be done next (docs/protocols/cardinity.md, sections 5 and 9.1). */
    public enum Kind {
        /** May succeed later, or elsewhere. */
        SOFT,
        /** Do not try this card again for this payment. */
        HARD,
        /** Authentication failed: a new attempt by the payer is needed. */
        AUTHENTICATION_FAILED,
        /** Try again with the payer present and 3-D Secure data. */
        NEEDS_AUTHENTICATION
    }

    /** The number before the colon; empty when there is none. */
    public Optional<String> code() {
        return prefix(error);
    }

    public Optional<String> adviceCode() {
        return prefix(merchantAdviceCode);
    }

    public Kind kind() {
        if (adviceCode().filter(NEVER_AGAIN::contains).isPresent()) {
            return Kind.HARD;
        }
        return switch (code().orElse("")) {
            case "33333" -> Kind.AUTHENTICATION_FAILED;
            case "3014" -> Kind.NEEDS_AUTHENTICATION;
            default -> Kind.SOFT;
        };
    }

    private static Optional<String> prefix(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        String number = text.strip().split(":", 2)[0].strip();
        return number.matches("[0-9]{1,6}") ? Optional.of(number) : Optional.empty();
    }
}
