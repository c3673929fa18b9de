package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Client;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.http.ResponseReader;
import dev.bezant.sdk.json.Marshaller;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the groups of calls begin one: at their part of the API. */
final class Gateway {
    private final Client client;
    private final Communicator communicator;
    private final Errors errors;
    private final String path;

    private Gateway(Client client, Communicator communicator, Errors errors, String path) {
        this.client = client;
        this.communicator = communicator;
        this.errors = errors;
        this.path = path;
    }

    static Gateway of(Client client, Communicator communicator) {
        return new Gateway(client, communicator, new Errors(communicator.marshaller(), communicator.clock()), "");
    }

    /** @throws dev.bezant.sdk.error.InvalidRequestException when a segment is blank, or would lead elsewhere */
    Gateway at(@Nullable String... segments) {
        return new Gateway(client, communicator, errors, path + Paths.of(segments));
    }

    Call get(Operation operation, CallContext context, @Nullable String... segments) {
        return call("GET", operation, context, segments);
    }

    Call post(Operation operation, CallContext context, @Nullable String... segments) {
        return call("POST", operation, context, segments);
    }

    <T> CompletableFuture<T> async(Supplier<T> call) {
        return client.callAsync(call);
    }

    <T> T send(ApiRequest request, ResponseReader<T> reader) {
        return client.call(request, reader);
    }

    Errors errors() {
        return errors;
    }

    Marshaller marshaller() {
        return communicator.marshaller();
    }

    Clock clock() {
        return communicator.clock();
    }

    private Call call(String method, Operation operation, CallContext context, @Nullable String... segments) {
        return new Call(this, ApiRequest.of(method, path + Paths.of(segments), null, context).named(operation.id()), null);
    }
}
