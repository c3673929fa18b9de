package dev.bezant.sdk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Deadline;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.ResponseInfo;
import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.Sent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommunicatorTest {
    private static final ResponseReader<Integer> STATUS = (request, response) -> response.status();
    private static final RetryPolicy QUICK = RetryPolicy.of(3, Duration.ofMillis(1), Duration.ofMillis(1500));

    private RawServer server;
    private final AtomicInteger signed = new AtomicInteger();
    private Communicator communicator;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
        communicator = builder().build();
    }

    @AfterEach
    void stop() throws IOException {
        communicator.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void a_reading_call_is_repeated_after_a_passing_failure_and_signed_anew(int status) {
        server.then(RawServer.answer(status, "", "")).then(RawServer.cut());
        assertThat(communicator.call(ApiRequest.get("/x", CallContext.none()), STATUS)).isEqualTo(200);
        assertThat(server.requests).hasSize(3);
        assertThat(server.requests.get(0)).contains("Authorization: signed 1");
        assertThat(server.requests.get(2)).contains("Authorization: signed 3");
    }

    @Test
    void repeating_ends_with_the_last_attempt_and_with_answers_that_will_not_change() {
        server.always(RawServer.answer(503, "", ""));
        assertThat(communicator.call(ApiRequest.get("/x", CallContext.none()), STATUS)).isEqualTo(503);
        assertThat(server.requests).hasSize(3);
        server.always(RawServer.answer(404, "", ""));
        assertThat(communicator.call(ApiRequest.get("/x", CallContext.none()), STATUS)).isEqualTo(404);
        assertThat(server.requests).hasSize(4);
    }

    @Test
    void retry_after_is_honoured_up_to_the_limit_and_beyond_it_the_caller_decides() {
        server.then(RawServer.answer(429, "Retry-After: 1\r\n", ""));
        long started = System.nanoTime();
        assertThat(communicator.call(ApiRequest.get("/x", CallContext.none()), STATUS)).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(900));
        server.then(RawServer.answer(429, "Retry-After: 3600\r\n", ""));
        assertThat(communicator.call(ApiRequest.get("/x", CallContext.none()), STATUS)).isEqualTo(429);
        assertThat(server.requests).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "PUT", "DELETE"})
    void a_changing_call_that_may_have_been_sent_is_never_repeated(String method) {
        server.then(RawServer.answer(503, "Retry-After: 0\r\n", "")).then(RawServer.cut());
        var request = ApiRequest.of(method, "/x", Map.of("a", 1), CallContext.none());
        assertThat(communicator.call(request, STATUS)).isEqualTo(503);
        var failure = catchThrowableOfType(CommunicationException.class, () -> communicator.call(request, STATUS));
        assertThat(failure.wasSent()).isEqualTo(Sent.MAYBE);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void a_keyed_call_is_repeated_only_where_the_provider_honours_the_key_and_the_policy_says_so() {
        var context = CallContext.builder().idempotenceKey("k-1").build();
        var keyed = ApiRequest.post("/x", Map.of("a", 1), context).honouringIdempotenceKey();
        try (var repeating = builder().retryPolicy(QUICK.repeatingKeyedCalls()).idempotenceHeader("X-Key").build();
                var standard = builder().idempotenceHeader("X-Key").build();
                var keyless = builder().retryPolicy(QUICK.repeatingKeyedCalls()).build()) {
            server.then(RawServer.cut()).then(RawServer.answer(503, "", ""));
            assertThat(repeating.call(keyed, STATUS)).isEqualTo(200);
            assertThat(server.requests).hasSize(3).allSatisfy(request -> assertThat(request).contains("X-Key: k-1", "{\"a\":1}"));
            var unmarked = ApiRequest.post("/x", Map.of("a", 1), context);
            var unkeyed = ApiRequest.post("/x", Map.of("a", 1), CallContext.none()).honouringIdempotenceKey();
            for (Runnable once : List.<Runnable>of(() -> standard.call(keyed, STATUS), () -> keyless.call(keyed, STATUS),
                    () -> repeating.call(unmarked, STATUS), () -> repeating.call(unkeyed, STATUS))) {
                server.requests.clear();
                server.then(RawServer.cut());
                assertThat(catchThrowableOfType(CommunicationException.class, once::run).wasSent()).isEqualTo(Sent.MAYBE);
                assertThat(server.requests).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 429})
    void a_repeat_that_is_refused_does_not_settle_what_became_of_the_first(int status) {
        var context = CallContext.builder().idempotenceKey("k-1").build();
        var keyed = ApiRequest.post("/x", Map.of("a", 1), context).honouringIdempotenceKey();
        try (var repeating = builder().retryPolicy(QUICK.repeatingKeyedCalls()).idempotenceHeader("X-Key").build()) {
            server.then(RawServer.cut()).always(RawServer.answer(status, "", ""));
            assertThat(catchThrowableOfType(CommunicationException.class, () -> repeating.call(keyed, STATUS)).mayHaveTakenEffect()).isTrue();
            server.then(RawServer.answer(503, "", ""));
            assertThat(repeating.call(keyed, STATUS)).isEqualTo(503);
        }
    }

    @Test
    void a_repeat_that_cannot_be_sent_does_not_settle_what_became_of_the_first() throws IOException {
        var context = CallContext.builder().idempotenceKey("k-1").build();
        var keyed = ApiRequest.post("/x", Map.of("a", 1), context).honouringIdempotenceKey();
        try (var repeating = builder().retryPolicy(QUICK.repeatingKeyedCalls()).idempotenceHeader("X-Key").build()) {
            server.then((socket, request) -> {
                server.close();
                return false;
            });
            assertThat(catchThrowableOfType(CommunicationException.class, () -> repeating.call(keyed, STATUS)).mayHaveTakenEffect()).isTrue();
        }
    }

    @Test
    void an_idempotence_key_goes_with_changing_calls_only() {
        try (var keyed = builder().idempotenceHeader("X-Key").build()) {
            var context = CallContext.builder().newIdempotenceKey().build();
            keyed.call(ApiRequest.post("/x", null, context), STATUS);
            keyed.call(ApiRequest.get("/x", context), STATUS);
            assertThat(server.requests.get(0)).contains("X-Key: " + context.idempotenceKey().orElseThrow());
            assertThat(server.requests.get(1)).doesNotContain("X-Key");
        }
    }

    @Test
    void a_context_remembers_the_answer_of_its_last_call_and_forgets_it_when_there_is_none() {
        var context = CallContext.builder().build();
        assertThat(context.lastResponse()).isEmpty();
        server.then(RawServer.answer(409, "X-First: 1\r\n", ""));
        communicator.call(ApiRequest.post("/x", null, context), STATUS);
        assertThat(context.lastResponse().orElseThrow().headers().first("x-first")).contains("1");
        server.then(RawServer.cut());
        assertThatThrownBy(() -> communicator.call(ApiRequest.post("/x", null, context), STATUS)).isInstanceOf(CommunicationException.class);
        assertThat(context.lastResponse()).isEmpty();
        communicator.call(ApiRequest.get("/x", CallContext.none()), STATUS);
        assertThat(CallContext.none().lastResponse()).isEmpty();
    }

    @Test
    void a_body_is_sent_compressed_on_demand() throws IOException {
        var body = new java.util.concurrent.atomic.AtomicReference<byte[]>();
        Connection recording = connection(request -> {
            body.set(java.util.Objects.requireNonNull(request.body()));
            assertThat(request.headers().first("Content-Encoding")).contains("gzip");
            return new WireResponse(200, Headers.empty(), new byte[0]);
        });
        try (var shared = builder().connection(recording).build()) {
            shared.call(ApiRequest.post("/x", Map.of("a", 1), CallContext.builder().compressBody().build()), STATUS);
        }
        var plain = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(body.get())).readAllBytes();
        assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
    }

    @Test
    void an_observer_hears_of_every_attempt_and_cannot_break_a_call() {
        var heard = new ArrayList<CallObserver.Attempt>();
        CallObserver observer = attempt -> {
            heard.add(attempt);
            throw new IllegalStateException("the metrics are gone");
        };
        server.then(RawServer.cut());
        try (var observed = builder().observer(observer).build()) {
            assertThat(observed.call(ApiRequest.get("/x", CallContext.none()).named("getX"), STATUS)).isEqualTo(200);
        }
        assertThat(heard).extracting(CallObserver.Attempt::operation, CallObserver.Attempt::number, CallObserver.Attempt::status,
                        CallObserver.Attempt::failure)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("getX", 1, 0, Reason.CONNECTION_LOST),
                        org.assertj.core.groups.Tuple.tuple("getX", 2, 200, null));
    }

    @Test
    void a_changing_call_that_is_proven_unsent_is_repeated() {
        var attempts = new AtomicInteger();
        Connection failsTwice = connection(request -> {
            if (attempts.incrementAndGet() < 3) {
                throw new CommunicationException(Sent.NO, Reason.CONNECT_FAILED, "POST", "refused", null);
            }
            return new WireResponse(201, Headers.empty(), new byte[0]);
        });
        try (var shared = builder().connection(failsTwice).build()) {
            assertThat(shared.call(ApiRequest.post("/x", Map.of(), CallContext.none()), STATUS)).isEqualTo(201);
        }
        assertThat(signed).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource({"NONE,1", "DROPPED,2", "OUTDATED,6", "OUTDATED DROPPED DROPPED,3", "OUTDATED OUTDATED NONE,3"})
    void a_401_is_repeated_as_often_as_the_authenticator_has_a_reason(String renewals, int requests) {
        server.always(RawServer.answer(401, "", ""));
        var said = new java.util.ArrayDeque<>(List.of(renewals.split(" ")));
        var renewing = new Authenticator() {
            @Override
            public Headers authenticate(WireRequest request) {
                return Headers.of("Authorization", "token " + signed.incrementAndGet());
            }

            @Override
            public Renewal renew(WireRequest rejected, WireResponse answer) {
                assertThat(rejected.headers().first("Authorization")).contains("token " + signed.get());
                return Renewal.valueOf(said.size() > 1 ? said.remove() : said.element());
            }
        };
        try (var shared = builder().authenticator(renewing).build()) {
            assertThat(shared.call(ApiRequest.post("/x", null, CallContext.none()), STATUS)).isEqualTo(401);
        }
        assertThat(server.requests).hasSize(requests);
    }

    @Test
    void an_authenticator_asks_through_the_communicator_unsigned_and_observed() {
        server.then(RawServer.answer(200, "", "{\"token\":\"t\"}"));
        var observed = new ArrayList<String>();
        var heard = new ArrayList<ResponseInfo>();
        var token = new WireRequest("POST", java.net.URI.create(server.uri() + "/token"), Headers.empty(), new byte[] {'x'}, CallContext.none());
        Communicator asking = builder().observer(attempt -> observed.add(attempt.operation())).authenticatorOn(channel -> request ->
                Headers.of("Authorization", "token " + channel.send("requestToken", token).status())).build();
        asking.call(ApiRequest.get("/x", CallContext.builder().onResponse(heard::add).build()).named("getX"), STATUS);
        assertThat(server.requests.get(0)).startsWith("POST /token ").doesNotContain("Authorization");
        assertThat(server.requests.get(1)).startsWith("GET /v1/x ").contains("Authorization: token 200");
        assertThat(observed).containsExactly("requestToken", "getX");
        assertThat(heard).hasSize(1);
        asking.close();
        assertThatThrownBy(() -> asking.call(ApiRequest.get("/x", CallContext.none()), STATUS)).isInstanceOf(ClientClosedException.class);
        assertThat(server.requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_carries_nothing_to_another_host(int status) throws IOException {
        try (var other = new RawServer()) {
            server.always(RawServer.answer(status, "Location: " + other.uri() + "/steal\r\n", ""));
            for (var request : List.of(ApiRequest.get("/x", CallContext.none()), ApiRequest.post("/x", Map.of(), CallContext.none()))) {
                var failure = catchThrowableOfType(CommunicationException.class, () -> communicator.call(request, STATUS));
                assertThat(failure.reason()).isEqualTo(Reason.REDIRECT_REFUSED);
                assertThat(failure.wasSent()).isEqualTo(Sent.MAYBE);
                assertThat(failure.status()).hasValue(status);
            }
            assertThat(other.connections).hasValue(0);
        }
    }

    @Test
    void ids_in_paths_and_values_in_queries_stay_in_their_place() {
        communicator.call(ApiRequest.get(Paths.of("payments", "../1/refunds?x#y é"), Map.of("q", "a&b=c d"), CallContext.none()), STATUS);
        assertThat(server.requests.get(0)).startsWith("GET /v1/payments/..%2F1%2Frefunds%3Fx%23y%20%C3%A9?q=a%26b%3Dc%20d HTTP/1.1");
        communicator.call(ApiRequest.get("/x", CallContext.none()).withQuery(Query.of(Map.of("a", "1")).andAll("b", List.of("2", "3"))), STATUS);
        assertThat(server.requests.get(1)).startsWith("GET /v1/x?a=1&b=2&b=3 HTTP/1.1");
        for (String bad : new @Nullable String[] {null, "", " ", ".", ".."}) {
            assertThatThrownBy(() -> Paths.of("payments", bad)).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void json_is_asked_for_unless_the_call_wants_something_else() {
        communicator.call(ApiRequest.get("/x", CallContext.none()), STATUS);
        communicator.call(ApiRequest.get("/x", CallContext.none()).withHeaders(Headers.of("Accept", "*/*")), STATUS);
        assertThat(server.requests.get(0)).contains("Accept: application/json");
        assertThat(server.requests.get(1)).contains("Accept: */*").doesNotContain("application/json");
    }

    @Test
    void the_provider_is_told_the_id_that_the_log_and_the_context_have() {
        server.then(RawServer.cut());
        var context = CallContext.builder().build();
        var observed = new ArrayList<String>();
        try (var named = builder().requestIdHeader("Trace-Id").observer(attempt -> observed.add(attempt.requestId())).build()) {
            named.call(ApiRequest.get("/x", context), STATUS);
        }
        assertThat(observed).hasSize(2).doesNotHaveDuplicates();
        assertThat(server.requests.get(0)).contains("Trace-Id: " + observed.get(0));
        assertThat(server.requests.get(1)).contains("Trace-Id: " + observed.get(1));
        assertThat(context.lastResponse().orElseThrow().requestId()).isEqualTo(observed.get(1));
    }

    @Test
    void clients_share_a_communicator_and_a_closed_one_says_so() {
        var first = new Client(communicator, false) {};
        var second = new Client(communicator, false) {};
        first.close();
        var request = ApiRequest.get("/x", CallContext.none());
        assertThatThrownBy(() -> first.call(request, STATUS)).isInstanceOf(ClientClosedException.class).hasMessageContaining("client");
        assertThatThrownBy(() -> first.callAsync(() -> 1)).isInstanceOf(ClientClosedException.class);
        assertThat(second.call(request, STATUS)).isEqualTo(200);
        communicator.close();
        assertThatThrownBy(() -> second.call(request, STATUS)).isInstanceOf(ClientClosedException.class);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void many_threads_get_their_own_answers() {
        server.always((socket, request) -> RawServer.answer(200, "", request.substring(request.indexOf("\r\n\r\n") + 4)).react(socket, request));
        List<CompletableFuture<String>> calls = IntStream.range(0, 400).mapToObj(i -> communicator.callAsync(() -> communicator.call(
                ApiRequest.post("/x", Map.of("n", i), CallContext.none()),
                (request, response) -> new String(response.body(), StandardCharsets.UTF_8)))).toList();
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).join()).isEqualTo("{\"n\":" + i + "}");
        }
        assertThat(server.connections.get()).isLessThanOrEqualTo(50);
    }

    @Test
    void a_call_is_dated_and_signed_once_a_connection_is_free_for_it() {
        var stalled = server.stall();
        server.then(stalled);
        var options = ConnectionOptions.builder().maxConnections(1).leaseTimeout(Duration.ofSeconds(60)).build();
        try (var narrow = builder().connectionOptions(options).build()) {
            var first = narrow.callAsync(() -> narrow.call(ApiRequest.get("/x", CallContext.none()), STATUS));
            await().until(() -> server.requests.size() == 1);
            var waiting = narrow.callAsync(() -> narrow.call(ApiRequest.get("/x", CallContext.none()), STATUS));
            var impatient = CallContext.builder().sendDeadline(Deadline.after(Duration.ofMillis(100))).build();
            var failure = catchThrowableOfType(CommunicationException.class, () -> narrow.call(ApiRequest.post("/x", null, impatient), STATUS));
            assertThat(failure.reason()).isEqualTo(Reason.POOL_EXHAUSTED);
            assertThat(failure.wasSent()).isEqualTo(Sent.NO);
            assertThat(failure).hasMessageContaining("1 in use, ").hasMessageContaining("1 at most); raise maxConnections");
            assertThat(signed).as("nobody signs while waiting").hasValue(1);
            server.release();
            assertThat(first.join()).isEqualTo(200);
            assertThat(waiting.join()).isEqualTo(200);
        }
        assertThat(signed).hasValue(2);
    }

    @Test
    void a_listener_hears_of_every_attempt() {
        server.then(RawServer.answer(503, "X-Request: 7\r\n", ""));
        var heard = new ArrayList<ResponseInfo>();
        communicator.call(ApiRequest.get("/x", CallContext.builder().onResponse(heard::add).build()), STATUS);
        assertThat(heard).extracting(ResponseInfo::attempt, ResponseInfo::status)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 503), org.assertj.core.groups.Tuple.tuple(2, 200));
        assertThat(heard.get(0).headers().first("x-request")).contains("7");
    }

    private Communicator.Builder builder() {
        return Communicator.builder(java.net.URI.create(server.uri() + "/v1/"))
                .retryPolicy(QUICK)
                .authenticator(request -> Headers.of("Authorization", "signed " + signed.incrementAndGet()));
    }

    private static Connection connection(java.util.function.Function<WireRequest, WireResponse> send) {
        return new Connection() {
            @Override
            public WireResponse send(WireRequest request) {
                return send.apply(request);
            }

            @Override
            public void close() {}
        };
    }
}
