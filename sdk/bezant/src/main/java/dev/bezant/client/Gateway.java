package dev.bezant.client;

import dev.bezant.sdk.error.FieldError;
import dev.bezant.sdk.error.Problem;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Client;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.StatusErrors;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What the calls share: the envelope, and what in it is an answer and what an error. */
final class Gateway {
    private final Client client;
    private final Communicator communicator;

    Gateway(Client client, Communicator communicator) {
        this.client = client;
        this.communicator = communicator;
    }

    /** Reads what an answer decides. */
    @FunctionalInterface
    interface Deciding<T> {
        /** @return empty if the answer is an error and nothing else */
        Optional<T> of(int status, JsonFields answer);
    }

    /** A call that succeeds or fails. */
    <T> T fetch(ApiRequest request, Function<JsonFields, T> reading) {
        return decide(request, (status, answer) -> status < 300
                ? Optional.of(reading.apply(answer.object("data").orElseThrow(() -> new MalformedJsonException("the answer has no data", null))))
                : Optional.empty());
    }

    /** A call some of whose failures are outcomes. */
    <T> T decide(ApiRequest request, Deciding<T> deciding) {
        return client.call(request, (wire, response) -> {
            JsonFields answer = JsonFields.of(communicator.marshaller().unmarshal(response.body(), JsonNode.class));
            // Whatever stands in between answers without our envelope: that decides nothing.
            boolean ours = answer.has("error_code") || (response.isSuccess() && answer.has("data"));
            return (ours ? deciding.of(response.status(), answer) : Optional.<T>empty()).orElseThrow(() -> error(wire, response, answer));
        });
    }

    static <T> List<T> list(JsonFields data, String name, Function<JsonFields, T> reading) {
        var all = new ArrayList<T>();
        JsonNode items = data.node().get(name);
        if (items == null || !items.isArray()) {
            throw new MalformedJsonException(name + " is not a list", null);
        }
        items.forEach(item -> all.add(reading.apply(JsonFields.of(item))));
        return List.copyOf(all);
    }

    private SdkException error(WireRequest wire, WireResponse response, JsonFields answer) {
        var errors = new ArrayList<FieldError>();
        answer.object("details").ifPresent(details -> details.node().properties().forEach(field ->
                field.getValue().forEach(message -> errors.add(new FieldError(field.getKey(), null, message.asString(""))))));
        return StatusErrors.exception(new Problem(wire.method(), response.status(), null, answer.text("error_code"), answer.text("error"),
                answer.text("message"), errors), response, communicator.clock());
    }
}
