package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Query;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.sdk.model.Model;
import dev.bezant.worldline.acquiring.model.OperationResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call being put together, then made. Immutable. */
final class Call {
    private final Gateway gateway;
    private final ApiRequest request;
    /** Null for calls that have none. */
    private final @Nullable String operationId;

    Call(Gateway gateway, ApiRequest request, @Nullable String operationId) {
        this.gateway = gateway;
        this.request = request;
        this.operationId = operationId;
    }

    /** @throws InvalidRequestException with everything that is wrong about it */
    Call body(Model body) {
        check(body);
        return new Call(gateway, withBody(body, Headers.empty()), operationId);
    }

    /**
     * Of an operation that the platform knows by an id of the caller's.
     *
     * @throws InvalidRequestException with everything that is wrong about it
     */
    Call body(Model body, Optional<String> id) {
        check(body);
        return new Call(gateway, withBody(body, Headers.empty()), id.orElse(null));
    }

    Call body(Multipart body) {
        return new Call(gateway, withBody(body.bytes(), Headers.of("Content-Type", body.contentType())), operationId);
    }

    Call query(@Nullable Model parameters) {
        Query query = Query.empty();
        if (parameters != null) {
            for (Map.Entry<String, List<String>> parameter : parameters.parameters().entrySet()) {
                query = query.andAll(parameter.getKey(), parameter.getValue());
            }
        }
        return new Call(gateway, request.withQuery(query), operationId);
    }

    Call accepting(String types) {
        return new Call(gateway, request.withHeaders(Headers.of("Accept", types)), operationId);
    }

    <R extends Model> R read(Class<R> type) {
        return answered(response -> unmarshal(response, type));
    }

    /** The answer to an operation says which one it was; the answer to another one is no answer. */
    <R extends Model & OperationResult> R readResult(Class<R> type) {
        return answered(response -> {
            R read = unmarshal(response, type);
            if (operationId != null && read.operationId().filter(answered -> !answered.equals(operationId)).isPresent()) {
                throw new MalformedJsonException("operationId is not the one that was sent", null);
            }
            return read;
        });
    }

    /**
     * An answer about another object than the one asked for is no answer.
     *
     * @param id reads it off the answer
     */
    <R extends Model> R readAbout(String asked, Class<R> type, Function<R, Optional<String>> id) {
        return answered(response -> {
            R read = unmarshal(response, type);
            if (id.apply(read).filter(asked::equals).isEmpty()) {
                throw new MalformedJsonException("it is not about the object that was asked for", null);
            }
            return read;
        });
    }

    /** For answers that are no JSON, or of which nothing is to be read. */
    <R> R answered(Function<WireResponse, R> reading) {
        return gateway.send(request, (wire, response) -> {
            if (!response.isSuccess()) {
                throw gateway.errors().exception(wire, response, operationId);
            }
            return reading.apply(response);
        });
    }

    private ApiRequest withBody(Object body, Headers headers) {
        return new ApiRequest(request.method(), request.path(), request.query(), request.headers().and(headers), body, request.context(),
                request.operation(), request.keyed());
    }

    private <R> R unmarshal(WireResponse response, Class<R> type) {
        return gateway.marshaller().unmarshal(response.body(), type);
    }

    private static void check(Model model) {
        var violations = model.violations();
        if (!violations.isEmpty()) {
            throw new InvalidRequestException(violations);
        }
    }
}
