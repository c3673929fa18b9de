package dev.bezant.corefy;

import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.ResponseReader;
import dev.bezant.sdk.http.WireResponse;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One of a client's hosts, and what the groups of calls share there. */
final class Gateway {
    /** Sends through the client, which refuses when it is closed. */
    interface Calls {
        <T> T call(ApiRequest request, ResponseReader<T> reader);
    }

    private final Calls calls;
    private final Communicator communicator;
    private final Errors errors;

    Gateway(Calls calls, Communicator communicator) {
        this.calls = calls;
        this.communicator = communicator;
        this.errors = new Errors(communicator.marshaller(), communicator.clock());
    }

    /** 2xx is the answer, everything else an error. */
    <T> T call(ApiRequest request, Function<JsonNode, T> reading) {
        return calls.call(request, (wire, response) -> {
            if (!response.isSuccess()) {
                throw errors.exception(wire, response);
            }
            return reading.apply(json(response));
        });
    }

    /** For answers whose other statuses mean something too. */
    <T> T decide(ApiRequest request, Deciding<T> reading) {
        return calls.call(request, (wire, response) -> {
            T decided = reading.apply(response);
            if (decided == null) {
                throw errors.exception(wire, response);
            }
            return decided;
        });
    }

    /** Null for what is an error. */
    @FunctionalInterface
    interface Deciding<T> {
        @Nullable T apply(WireResponse response);
    }

    <T> CompletableFuture<T> async(Supplier<T> call) {
        return communicator.callAsync(call);
    }

    JsonNode json(WireResponse response) {
        return communicator.marshaller().unmarshal(response.body(), JsonNode.class);
    }

    Clock clock() {
        return communicator.clock();
    }
}
