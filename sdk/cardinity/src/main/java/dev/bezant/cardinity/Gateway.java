package dev.bezant.cardinity;

import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Client;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What the groups of calls share: 2xx and 402 are the resource, everything else is an error (docs/protocols/cardinity.md, section 1). */
final class Gateway {
    private final Client client;
    private final Communicator communicator;
    private final Errors errors;

    Gateway(Client client, Communicator communicator) {
        this.client = client;
        this.communicator = communicator;
        this.errors = new Errors(communicator.marshaller(), communicator.clock());
    }

    /**
     * A call whose answer is a resource with a status.
     *
     * @param outcome reads the outcome off the resource
     * @param unrecognized what to say when the HTTP status and the body contradict each other
     */
    <R, O> O decide(ApiRequest request, Function<JsonFields, R> reading, Function<R, Status> status, Function<R, O> outcome,
            Function<R, O> unrecognized) {
        return client.call(request, (wire, response) -> {
            if (!response.isSuccess() && !isDecline(response)) {
                throw errors.exception(wire, response);
            }
            R resource = reading.apply(JsonFields.of(json(response)));
            boolean contradiction = response.status() == 402 && status.apply(resource) != Status.DECLINED;
            return contradiction ? unrecognized.apply(resource) : outcome.apply(resource);
        });
    }

    <R> R fetch(ApiRequest request, Function<JsonFields, R> reading) {
        return client.call(request, (wire, response) -> {
            if (!response.isSuccess()) {
                throw errors.exception(wire, response);
            }
            return reading.apply(JsonFields.of(json(response)));
        });
    }

    <R> List<R> list(ApiRequest request, Function<JsonFields, R> reading) {
        return client.call(request, (wire, response) -> {
            if (!response.isSuccess()) {
                throw errors.exception(wire, response);
            }
            return Reading.list(json(response), reading);
        });
    }

    <T> CompletableFuture<T> async(Supplier<T> call) {
        return client.callAsync(call);
    }

    Clock clock() {
        return communicator.clock();
    }

    /** An answer about another object than the one asked for is no answer. */
    static <R> Function<JsonFields, R> expecting(String member, String id, Function<JsonFields, R> reading) {
        return json -> {
            if (!id.equalsIgnoreCase(json.requiredText(member))) {
                throw new MalformedJsonException(member + " is not the one asked for", null);
            }
            return reading.apply(json);
        };
    }

    /** 402 carries the declined resource; a plugin also guards against a problem body there, told apart by its numeric status. */
    private boolean isDecline(WireResponse response) {
        if (response.status() != 402) {
            return false;
        }
        JsonNode status = json(response).get("status");
        return status == null || !status.isNumber();
    }

    private JsonNode json(WireResponse response) {
        return communicator.marshaller().unmarshal(response.body(), JsonNode.class);
    }
}
