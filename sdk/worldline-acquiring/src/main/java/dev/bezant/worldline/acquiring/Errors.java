package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.Problem;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.http.StatusErrors;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.sdk.json.Marshaller;
import dev.bezant.sdk.logging.ObfuscationRule;
import dev.bezant.sdk.model.ModelType;
import dev.bezant.worldline.acquiring.model.ApiPaymentErrorResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Their error bodies to our exceptions (docs/protocols/worldline-acquiring.md, section 5). A refusal of something that changes money is only
 * believed when it is the platform's own: an error page of some machine in between proves nothing about what the platform did.
 */
final class Errors {
    private static final ObfuscationRule CARD_NUMBERS = ObfuscationRule.cardNumbers();
    private static final List<String> MEMBERS = List.of("type", "title", "status", "detail", "instance");

    private final Marshaller marshaller;
    private final Clock clock;

    Errors(Marshaller marshaller, Clock clock) {
        this.marshaller = marshaller;
        this.clock = clock;
    }

    /** @param operationId of the call; null for those without */
    SdkException exception(WireRequest request, WireResponse response, @Nullable String operationId) {
        Problem problem = problem(request, response);
        if (problem.status() == 409 && operationId != null) {
            // How a duplicate is worded is not known. The first request with this id may be at work, or done: never take this for "nothing happened".
            return new IdempotenceException(problem, operationId, null);
        }
        return StatusErrors.exception(problem, response, clock);
    }

    private Problem problem(WireRequest request, WireResponse response) {
        Optional<ApiPaymentErrorResponse> body = body(response);
        if (body.isPresent()) {
            ApiPaymentErrorResponse error = body.get();
            return new Problem(request.method(), response.status(), error.type().orElse(null), null, scrub(error.title()),
                    scrub(error.detail().filter(detail -> !detail.isBlank())), List.of(), error);
        }
        boolean reads = request.method().equals("GET");
        boolean claimsNothing = response.status() >= 500 || response.status() == 429;
        // Without a body the platform itself answers, with one that is not its own somebody else does.
        if (!reads && !claimsNothing && response.body().length > 0) {
            throw new MalformedJsonException("it is not the platform's own error", null);
        }
        return Problem.ofStatus(request.method(), response.status());
    }

    /** Empty when it is not JSON, or not of the form that the platform's errors have. */
    private Optional<ApiPaymentErrorResponse> body(WireResponse response) {
        try {
            JsonNode json = marshaller.unmarshal(response.body(), JsonNode.class);
            return json.isObject() && MEMBERS.stream().anyMatch(json::has)
                    ? Optional.ofNullable(ModelType.of(ApiPaymentErrorResponse.class).read(json))
                    : Optional.empty();
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** Masks what could be a card number. */
    private static @Nullable String scrub(Optional<String> text) {
        return text.map(CARD_NUMBERS::mask).orElse(null);
    }
}
