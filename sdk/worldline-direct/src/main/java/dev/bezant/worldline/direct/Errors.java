package dev.bezant.worldline.direct;

import dev.bezant.sdk.error.FieldError;
import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.Problem;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.http.StatusErrors;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.sdk.json.Marshaller;
import dev.bezant.sdk.logging.ObfuscationRule;
import dev.bezant.sdk.model.Model;
import dev.bezant.sdk.model.ModelType;
import dev.bezant.worldline.direct.model.APIError;
import dev.bezant.worldline.direct.model.ErrorResponse;
import dev.bezant.worldline.direct.model.ProblemDetailsResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Their error bodies to our exceptions (docs/protocols/worldline-direct.md, section 5). A refusal of something that changes money is only believed
 * when it is readable as the platform's own: an error page of some machine in between proves nothing about what the platform did.
 */
final class Errors {
    /** Sometimes with a suffix. A long run of digits in one is no card number. */
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b.*";
    private static final ObfuscationRule CARD_NUMBERS = ObfuscationRule.cardNumbers();
    private static final String DUPLICATE_CODE = "1409";
    private static final String DUPLICATE_ID = "DUPLICATE_REQUEST_IN_PROGRESS";

    private final Marshaller marshaller;
    private final Clock clock;

    Errors(Marshaller marshaller, Clock clock) {
        this.marshaller = marshaller;
        this.clock = clock;
    }

    /** @param declines how the called operation is declined; null for those that are not */
    SdkException exception(WireRequest request, WireResponse response, @Nullable Declines<?, ?> declines) {
        Optional<JsonNode> body = body(response);
        if (body.isEmpty()) {
            // 429 and 5xx claim nothing, and reading changes nothing: there the status is enough.
            if (!request.method().equals("GET") && response.status() < 500 && response.status() != 429) {
                throw new MalformedJsonException("it is not the platform's own error", null);
            }
            return StatusErrors.exception(Problem.ofStatus(request.method(), response.status()), response, clock);
        }
        Problem problem = problem(request.method(), response.status(), body.get());
        Optional<DeclinedTransactionException> declined = Optional.ofNullable(declines).flatMap(known -> known.of(problem, body.get()));
        if (declined.isPresent()) {
            return declined.get();
        }
        Optional<String> key = request.headers().first(Idempotence.KEY_HEADER);
        if (key.isPresent() && isDuplicate(problem, response)) {
            return new IdempotenceException(problem, key.get(), Idempotence.requestTimestamp(response.headers()).orElse(null));
        }
        return StatusErrors.exception(problem, response, clock);
    }

    /** Empty when it is not JSON, or not one of the forms that the platform's errors have. */
    private Optional<JsonNode> body(WireResponse response) {
        try {
            JsonNode json = marshaller.unmarshal(response.body(), JsonNode.class);
            return json.has("errorId") || json.path("errors").isArray() || isProblemDetails(json) ? Optional.of(json) : Optional.empty();
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private static boolean isProblemDetails(JsonNode json) {
        return json.has("title") && json.has("status");
    }

    private static Problem problem(String method, int status, JsonNode body) {
        if (isProblemDetails(body) && !body.has("errorId")) {
            ProblemDetailsResponse details = read(body, ProblemDetailsResponse.class);
            return new Problem(method, status, details.type().orElse(null), null, details.title().map(Errors::scrub).orElse(null),
                    details.detail().map(Errors::scrub).orElse(null), List.of(), details);
        }
        return problem(method, status, read(body, ErrorResponse.class));
    }

    private static <M extends Model> M read(JsonNode body, Class<M> type) {
        M read = ModelType.of(type).read(body);
        if (read == null) {
            throw new MalformedJsonException("the error is not a JSON object", null);
        }
        return read;
    }

    static Problem problem(String method, int status, ErrorResponse errors) {
        Optional<APIError> first = errors.errors().stream().findFirst();
        String title = errors.errorId().map(id -> "(error " + (id.matches(UUID) ? id : scrub(id)) + ")").orElse(null);
        return new Problem(method, status, null, first.flatMap(APIError::errorCode).orElse(null), title, null,
                errors.errors().stream().map(Errors::fieldError).toList(), errors);
    }

    private static FieldError fieldError(APIError error) {
        String id = error.id().orElse("");
        String message = error.message().filter(text -> !text.equals(id)).orElse("");
        String code = error.errorCode().map(number -> "[" + number + "]").orElse("");
        String text = String.join(" ", List.of(id, code, message)).replaceAll(" +", " ").strip();
        return new FieldError(error.propertyName().orElse(""), null, scrub(text));
    }

    /** Also where the platform forgot one of the signs: the vendor's own tests see the id, its own library looks for the code. */
    private static boolean isDuplicate(Problem problem, WireResponse response) {
        if (problem.status() != 409) {
            return false;
        }
        boolean named = problem.body(ErrorResponse.class).stream().flatMap(body -> body.errors().stream()).anyMatch(
                error -> DUPLICATE_CODE.equals(error.errorCode().orElse("")) || DUPLICATE_ID.equals(error.id().orElse("")));
        return named || Idempotence.requestTimestamp(response.headers()).isPresent();
    }

    /** Masks what could be a card number. */
    private static String scrub(String text) {
        return CARD_NUMBERS.mask(text);
    }
}
