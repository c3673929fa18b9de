package dev.bezant.corefy;

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
 * Their error bodies, of which there are several shapes, to our exception (docs/protocols/corefy.md, section 9). A refusal of something that
 * changes money is only believed when it is readable as theirs: an error page of some machine in between proves nothing about what they did.
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
        JsonFields body = JsonFields.of(marshaller.unmarshal(response.body(), JsonNode.class));
        JsonNode list = body.node().path("errors");
        if (list.isArray() && !list.isEmpty()) {
            return ofList(method, response.status(), list);
        }
        JsonFields said = body.object("error").filter(error -> error.has("message")).orElse(body);
        if (!said.has("message") && !said.has("error_code") && !said.has("error_type")) {
            throw new MalformedJsonException("the body is none of the known error shapes", null);
        }
        String code = said.text("error_code") != null ? said.text("error_code") : said.text("error_type");
        return new Problem(method, response.status(), null, code, null, scrub(said.text("message")), List.of());
    }

    private static Problem ofList(String method, int status, JsonNode list) {
        var errors = new ArrayList<FieldError>();
        JsonFields first = null;
        for (JsonNode item : list) {
            JsonFields error = JsonFields.of(item);
            first = first == null ? error : first;
            errors.add(fieldError(error));
        }
        return new Problem(method, status, null, first == null ? null : first.text("code"), first == null ? null : scrub(first.text("title")),
                null, errors);
    }

    private static FieldError fieldError(JsonFields error) {
        String pointer = error.object("source").map(source -> source.text("pointer")).orElse(null);
        String detail = error.text("detail") != null ? error.text("detail") : error.text("title");
        return new FieldError(field(pointer), null, detail == null ? "" : String.valueOf(scrub(detail)));
    }

    /** {@code /data/attributes/customer/email} is {@code customer.email}. */
    private static String field(@Nullable String pointer) {
        if (pointer == null) {
            return "";
        }
        return pointer.replaceFirst("^/data/attributes/", "").replaceFirst("^/", "").replace('/', '.');
    }

    private static @Nullable String scrub(@Nullable String text) {
        return text == null ? null : CorefyObfuscation.withoutNumbers(text);
    }
}
