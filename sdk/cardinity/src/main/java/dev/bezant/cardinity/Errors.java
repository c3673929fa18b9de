package dev.bezant.cardinity;

import dev.bezant.sdk.error.FieldError;
import dev.bezant.sdk.error.Problem;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.http.StatusErrors;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.sdk.json.Marshaller;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Their problem body to our exception (docs/protocols/cardinity.md, section 5). A refusal of something that changes money is only believed when
 * it is readable as Cardinity's own: an error page of some machine in between proves nothing about what Cardinity did.
 */
final class Errors {
    private final Marshaller marshaller;
    private final Clock clock;

    Errors(Marshaller marshaller, Clock clock) {
        this.marshaller = marshaller;
        this.clock = clock;
    }

    SdkException exception(WireRequest request, WireResponse response) {
        Problem problem;
        try {
            problem = problem(request.method(), response);
        } catch (MalformedJsonException e) {
            // 429 and 5xx claim nothing, and reading changes nothing: there the status is enough.
            if (!request.method().equals("GET") && response.status() < 500 && response.status() != 429) {
                throw e;
            }
            problem = Problem.ofStatus(request.method(), response.status());
        }
        return StatusErrors.exception(problem, response, clock);
    }

    private Problem problem(String method, WireResponse response) {
        JsonFields json = JsonFields.of(marshaller.unmarshal(response.body(), JsonNode.class));
        if (!json.has("title") && !json.has("detail") && !json.has("errors")) {
            throw new MalformedJsonException("the body has neither title nor detail nor errors", null);
        }
        return new Problem(
                method, response.status(), json.text("type"), null, scrub(json.text("title")), scrub(json.text("detail")), errors(json.node()));
    }

    private static List<FieldError> errors(JsonNode body) {
        var errors = new ArrayList<FieldError>();
        JsonNode items = body.get("errors");
        if (items != null && items.isArray()) {
            for (JsonNode item : items) {
                if (item.isObject()) {
                    errors.add(error(JsonFields.of(item), item.get("rejected")));
                }
            }
        }
        return errors;
    }

    private static FieldError error(JsonFields json, @Nullable JsonNode rejected) {
        String field = text(json, "field");
        String value = null;
        if (rejected != null && !rejected.isNull()) {
            // A refused card number would otherwise travel in an exception into somebody's log.
            value = field.startsWith("payment_instrument") ? "***" : scrub(rejected.isString() ? rejected.stringValue() : rejected.toString());
        }
        return new FieldError(field, value, String.valueOf(scrub(text(json, "message"))));
    }

    private static String text(JsonFields json, String name) {
        String text = json.text(name);
        return text == null ? "" : text;
    }

    /** Masks what could be a card number. */
    private static @Nullable String scrub(@Nullable String text) {
        return text == null ? null : text.replaceAll("[0-9](?:[ -]?[0-9]){11,19}", "************");
    }
}
