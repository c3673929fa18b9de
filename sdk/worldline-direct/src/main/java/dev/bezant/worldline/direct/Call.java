package dev.bezant.worldline.direct;

import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Query;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.sdk.model.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One call being put together, then made. Immutable. */
final class Call {
    private final Gateway gateway;
    private final ApiRequest request;

    Call(Gateway gateway, ApiRequest request) {
        this.gateway = gateway;
        this.request = request;
    }

    /** @throws InvalidRequestException with everything that the platform is known to refuse about it */
    Call body(Model body) {
        check(body);
        return new Call(gateway, new ApiRequest(request.method(), request.path(), request.query(), request.headers(), body, request.context(),
                request.operation(), request.keyed()));
    }

    /** The fields of an object as the query. */
    Call query(Model parameters) {
        check(parameters);
        Query query = Query.empty();
        for (Map.Entry<String, List<String>> parameter : parameters.parameters().entrySet()) {
            query = query.andAll(parameter.getKey(), parameter.getValue());
        }
        return new Call(gateway, request.withQuery(query));
    }

    Call query(String name, List<String> values) {
        return new Call(gateway, request.withQuery(Query.empty().andAll(name, values)));
    }

    /** The platform carries this operation out once per idempotence key. */
    Call keyed() {
        return new Call(gateway, request.honouringIdempotenceKey());
    }

    <R extends Model> R read(Class<R> type) {
        return gateway.send(request, (wire, response) -> {
            if (!response.isSuccess()) {
                throw gateway.errors().exception(wire, response, null);
            }
            return unmarshal(response, type);
        });
    }

    /**
     * An answer about another object than the one asked for is no answer.
     *
     * @param id reads it off the answer
     */
    <R extends Model> R readAbout(String asked, Class<R> type, Function<R, Optional<String>> id) {
        return gateway.send(request, (wire, response) -> {
            if (!response.isSuccess()) {
                throw gateway.errors().exception(wire, response, null);
            }
            R read = unmarshal(response, type);
            if (id.apply(read).filter(answered -> base(answered).equals(base(asked))).isEmpty()) {
                throw new MalformedJsonException("id is not the one asked for", null);
            }
            return read;
        });
    }

    /** @throws DeclinedTransactionException for a declined transaction, whatever the HTTP status */
    <R extends Model> R read(Class<R> type, Declines<R, ?> declines) {
        return gateway.send(request, (wire, response) -> {
            if (!response.isSuccess()) {
                throw gateway.errors().exception(wire, response, declines);
            }
            R read = unmarshal(response, type);
            declines.check(wire.method(), response.status(), read);
            return read;
        });
    }

    /** For calls whose answer has nothing to read. */
    void done() {
        gateway.send(request, (wire, response) -> {
            if (!response.isSuccess()) {
                throw gateway.errors().exception(wire, response, null);
            }
            return response.status();
        });
    }

    private <R> R unmarshal(WireResponse response, Class<R> type) {
        return gateway.marshaller().unmarshal(response.body(), type);
    }

    /** Operations on one payment share the number before the underscore. */
    private static String base(String id) {
        int underscore = id.indexOf('_');
        return underscore < 0 ? id : id.substring(0, underscore);
    }

    private static void check(Model model) {
        var violations = model.violations();
        if (!violations.isEmpty()) {
            throw new InvalidRequestException(violations);
        }
    }
}
