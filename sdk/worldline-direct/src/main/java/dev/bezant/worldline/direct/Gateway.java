package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Client;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.http.ResponseReader;
import dev.bezant.sdk.json.Marshaller;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the groups of calls begin one: at the account's address, with the headers of the client. */
final class Gateway {
    private static final String VERSION = "v2";

    private final Client client;
    private final Communicator communicator;
    private final Errors errors;
    private final String merchantId;
    private final Headers headers;

    Gateway(Client client, Communicator communicator, Errors errors, String merchantId, Headers headers) {
        this.client = client;
        this.communicator = communicator;
        this.errors = errors;
        this.merchantId = merchantId;
        this.headers = headers;
    }

    Call get(String operation, CallContext context, @Nullable String... path) {
        return call("GET", operation, context, path);
    }

    Call post(String operation, CallContext context, @Nullable String... path) {
        return call("POST", operation, context, path);
    }

    Call delete(String operation, CallContext context, @Nullable String... path) {
        return call("DELETE", operation, context, path);
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

    private Call call(String method, String operation, CallContext context, @Nullable String... path) {
        Idempotence.check(context);
        String address = Paths.of(VERSION, merchantId) + Paths.of(path);
        return new Call(this, ApiRequest.of(method, address, null, context).named(operation).withHeaders(headers));
    }
}
