package dev.bezant.sdk.http;

import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.Problem;
import dev.bezant.sdk.error.RateLimitException;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.ValidationException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** HTTP statuses to exceptions, the same for all providers; what a provider does differently it decides before asking here. */
public final class StatusErrors {
    private StatusErrors() {}

    public static ApiException exception(Problem problem, WireResponse response, Clock clock) {
        return switch (problem.status()) {
            case 400, 422 -> new ValidationException(problem);
            case 401 -> new AuthenticationException(problem, clockSkew(response, clock).orElse(null));
            case 403 -> new AuthorizationException(problem);
            case 404, 409, 410 -> new ReferenceException(problem);
            case 429 -> new RateLimitException(problem, retryAfter(response, clock).orElse(null));
            default -> problem.status() >= 500 ? new PlatformException(problem) : new ApiException(problem);
        };
    }

    /** {@code Retry-After} in either of its forms (RFC 9110, section 10.2.3); empty when absent or unreadable. */
    static Optional<Duration> retryAfter(WireResponse response, Clock clock) {
        return response.headers().first("Retry-After").flatMap(value -> value.matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : httpDate(value).map(date -> {
                    var wait = Duration.between(clock.instant(), date);
                    return wait.isNegative() ? Duration.ZERO : wait;
                }));
    }

    private static Optional<Duration> clockSkew(WireResponse response, Clock clock) {
        return response.headers().first("Date").flatMap(StatusErrors::httpDate).map(date -> Duration.between(date, clock.instant()));
    }

    private static Optional<Instant> httpDate(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
