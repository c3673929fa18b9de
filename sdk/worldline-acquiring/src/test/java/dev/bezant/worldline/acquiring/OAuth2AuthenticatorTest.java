package dev.bezant.worldline.acquiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Deadline;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.http.Renewal;
import dev.bezant.sdk.http.SideChannel;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of tokens, by a clock that the test moves and an authorization server that does as it is told. */
class OAuth2AuthenticatorTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final OAuth2Credentials CREDENTIALS = new OAuth2Credentials(
            URI.create("https://auth.example/token"), "me", SecretText.of("a&b=c+d%e f"), Scope.of(Operation.PROCESS_PAYMENT, Operation.PING));

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5 * SECOND);
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<SideChannel> special = new ConcurrentLinkedQueue<>();
    private final List<WireRequest> requests = new ArrayList<>();
    private final OAuth2Authenticator authenticator = new OAuth2Authenticator(CREDENTIALS, this::answer, now::get);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile long seconds = 100;

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private WireResponse answer(String operation, WireRequest request) {
        assertThat(operation).isEqualTo("requestToken");
        synchronized (requests) {
            requests.add(request);
        }
        int number = asked.incrementAndGet();
        SideChannel other = special.poll();
        return other != null ? other.send(operation, request) : token("t" + number, seconds);
    }

    private static WireResponse token(String text, long seconds) {
        return json(200, "{\"access_token\":\"" + text + "\",\"expires_in\":" + seconds + "}");
    }

    private static WireResponse json(int status, String body) {
        return new WireResponse(status, Headers.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    private static WireRequest call(CallContext context) {
        return new WireRequest("POST", URI.create("https://api.example/x"), Headers.empty(), null, context);
    }

    private String header() {
        return authenticator.authenticate(call(CallContext.none())).first("Authorization").orElseThrow();
    }

    private void advance(long seconds) {
        now.addAndGet(seconds * SECOND);
    }

    private Renewal reject(String token) {
        var rejected = call(CallContext.none()).withHeaders(Headers.of("Authorization", token));
        return authenticator.renew(rejected, json(401, ""));
    }

    @Test
    void one_token_serves_until_shortly_before_its_end() {
        assertThat(header()).isEqualTo("Bearer t1");
        advance(79);
        assertThat(header()).isEqualTo("Bearer t1");
        assertThat(asked).hasValue(1);
    }

    @Test
    void its_successor_is_fetched_early_while_calls_go_on_with_it() throws InterruptedException {
        header();
        var gate = new CountDownLatch(1);
        special.add((operation, request) -> {
            awaitOpen(gate);
            return token("next", 100);
        });
        advance(80);
        for (int i = 0; i < 20; i++) {
            assertThat(header()).isEqualTo("Bearer t1");
        }
        await().until(() -> asked.get() == 2);
        gate.countDown();
        await().until(() -> header().equals("Bearer next"));
        assertThat(asked).hasValue(2);
    }

    @Test
    void near_its_end_a_token_is_not_used_any_more() {
        header();
        special.add((operation, request) -> json(503, ""));
        advance(89);
        assertThat(header()).isEqualTo("Bearer t1");
        await().until(() -> asked.get() == 2);
        advance(1);
        assertThat(header()).isEqualTo("Bearer t3");
    }

    @Test
    void a_failed_early_renewal_is_not_repeated_by_every_call() {
        header();
        special.add((operation, request) -> json(503, ""));
        advance(80);
        header();
        await().until(() -> asked.get() == 2);
        // The failure is noted a moment after it was asked: from then on there is a pause.
        await().until(() -> {
            int before = asked.get();
            header();
            return asked.get() == before;
        });
        int failed = asked.get();
        for (int i = 0; i < 20; i++) {
            assertThat(header()).isEqualTo("Bearer t1");
        }
        assertThat(asked).hasValue(failed);
        advance(3);
        header();
        await().until(() -> header().equals("Bearer t" + (failed + 1)));
    }

    @Test
    void however_many_need_a_token_it_is_asked_for_once() {
        var gate = new CountDownLatch(1);
        special.add((operation, request) -> {
            awaitOpen(gate);
            return token("shared", 100);
        });
        List<CompletableFuture<String>> calls = callers(50);
        await().until(() -> asked.get() == 1);
        gate.countDown();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("Bearer shared"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void all_who_waited_are_told_of_a_failure_and_the_next_call_asks_again() {
        var gate = new CountDownLatch(1);
        special.add((operation, request) -> {
            awaitOpen(gate);
            return json(401, "{\"error\":\"invalid_client\",\"error_description\":\"Invalid client credentials\"}");
        });
        List<CompletableFuture<String>> calls = callers(20);
        await().until(() -> asked.get() == 1);
        await().until(() -> calls.stream().noneMatch(CompletableFuture::isDone));
        gate.countDown();
        int refused = 0;
        for (CompletableFuture<String> call : calls) {
            try {
                call.join();
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(OAuth2Exception.class);
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(header()).startsWith("Bearer t");
    }

    private List<CompletableFuture<String>> callers(int count) {
        var calls = new ArrayList<CompletableFuture<String>>();
        for (int i = 0; i < count; i++) {
            calls.add(CompletableFuture.supplyAsync(this::header, threads));
        }
        return calls;
    }

    @Test
    void a_caller_in_a_hurry_gives_up_and_the_others_get_what_they_waited_for() {
        var gate = new CountDownLatch(1);
        special.add((operation, request) -> {
            awaitOpen(gate);
            return token("late", 100);
        });
        var hurried = CallContext.builder().sendDeadline(Deadline.after(Duration.ofMillis(50))).build();
        var e = catchThrowableOfType(CommunicationException.class, () -> authenticator.authenticate(call(hurried)));
        assertThat(e.reason()).isEqualTo(Reason.SEND_DEADLINE_PASSED);
        assertThat(e.wasSent()).isEqualTo(Sent.NO);
        assertThat(e.mayHaveTakenEffect()).isFalse();
        gate.countDown();
        assertThat(header()).isEqualTo("Bearer late");
        assertThat(asked).hasValue(1);
    }

    @Test
    void an_interrupted_caller_stops_waiting() {
        special.add((operation, request) -> {
            awaitOpen(new CountDownLatch(1));
            return token("never", 100);
        });
        Thread.currentThread().interrupt();
        var e = catchThrowableOfType(CommunicationException.class, this::header);
        assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_token_that_lives_for_no_time_serves_those_who_waited_for_it() {
        seconds = -1;
        assertThat(header()).isEqualTo("Bearer t1");
        assertThat(header()).isEqualTo("Bearer t2");
    }

    @Test
    void a_token_without_a_life_span_is_given_five_minutes() {
        special.add((operation, request) -> json(200, "{\"access_token\":\"x\"}"));
        header();
        advance(239);
        assertThat(header()).isEqualTo("Bearer x");
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"\"300\",269,true", "300.9,269,true", "99999999999999999999,2000000,true"})
    void life_spans_come_in_several_forms(String expires, long later, boolean same) {
        special.add((operation, request) -> json(200, "{\"access_token\":\"x\",\"expires_in\":" + expires + "}"));
        header();
        special.add((operation, request) -> json(503, ""));
        advance(later);
        assertThat(header().equals("Bearer x")).isEqualTo(same);
    }

    @Test
    void a_rejected_token_is_dropped_once_and_a_replaced_one_is_no_sign() {
        String first = header();
        assertThat(reject(first)).isEqualTo(Renewal.DROPPED);
        assertThat(reject(first)).as("by another call, meanwhile").isEqualTo(Renewal.OUTDATED);
        String second = header();
        assertThat(second).isEqualTo("Bearer t2");
        assertThat(reject(first)).isEqualTo(Renewal.OUTDATED);
        assertThat(header()).as("not lost by that").isEqualTo(second);
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_token_that_ended_on_its_way_is_no_sign_either() {
        String first = header();
        advance(100);
        assertThat(reject(first)).isEqualTo(Renewal.OUTDATED);
        assertThat(header()).isEqualTo("Bearer t2");
        assertThat(authenticator.renew(call(CallContext.none()), json(401, ""))).isEqualTo(Renewal.NONE);
    }

    @Test
    void any_secret_arrives_as_it_is_and_only_the_needed_scopes_are_asked_for() {
        header();
        WireRequest request = requests.get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo(CREDENTIALS.tokenUri());
        assertThat(request.headers().first("Content-Type")).contains("application/x-www-form-urlencoded");
        assertThat(new String(Objects.requireNonNull(request.body()), StandardCharsets.US_ASCII)).isEqualTo(
                "grant_type=client_credentials&client_id=me&client_secret=a%26b%3Dc%2Bd%25e%20f&scope=processing_payment%20services_ping");
        assertThat(CREDENTIALS.toString()).doesNotContain("a&b");
    }

    @Test
    void all_scopes_fit_into_what_the_vendor_allows() {
        assertThat(String.join(" ", Scope.all()).length()).isLessThanOrEqualTo(260);
        assertThat(Scope.all()).hasSize(9).contains("processing_operation_reverse", "services_ping");
        assertThat(Scope.of(Operation.values())).containsExactlyInAnyOrderElementsOf(Scope.all());
    }

    @ParameterizedTest
    @CsvSource({"400,invalid_scope,acquiring.api.oauth2.scopes", "401,invalid_client,Check client id and secret",
        "401,unauthorized_client,Check client id and secret", "403,access_denied,403 access_denied - why"})
    void a_refusal_says_why_and_what_to_do(int status, String error, String advice) {
        special.add((operation, request) -> json(status, "{\"error\":\"" + error + "\",\"error_description\":\"why\"}"));
        var e = catchThrowableOfType(OAuth2Exception.class, this::header);
        assertThat(e).hasMessageContaining("No access token: the authorization server answered " + status + " " + error + " - why")
                .hasMessageContaining(advice);
        assertThat(e.error()).isEqualTo(error);
        assertThat(e.mayHaveTakenEffect()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"500|<html>", "503|", "401|", "401|<html>", "400|{}", "429|{\"error\":\"slow_down\"}",
        "200|", "200|{}", "200|[]", "200|{\"access_token\":\"\"}", "200|{\"access_token\":\"a\\nb\"}", "200|{\"access_token\":\"a\",\"expires_in\":\"soon\"}",
        "204|", "302|"})
    void what_is_no_token_and_no_refusal_says_that_nothing_was_sent(int status, String body) {
        special.add((operation, request) -> json(status, body == null ? "" : body));
        var e = catchThrowableOfType(CommunicationException.class, this::header);
        assertThat(e.wasSent()).isEqualTo(Sent.NO);
        assertThat(e.mayHaveTakenEffect()).isFalse();
        assertThat(e).hasMessageContaining("POST https://api.example was not sent: there is no access token: the authorization server answered "
                + status);
    }

    @Test
    void a_line_that_breaks_and_a_closed_client_are_told_as_such() {
        special.add((operation, request) -> {
            throw new CommunicationException(Sent.MAYBE, Reason.TIMEOUT, "POST", "time ran out", null);
        });
        var e = catchThrowableOfType(CommunicationException.class, this::header);
        assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(e.wasSent()).isEqualTo(Sent.NO);
        special.add((operation, request) -> {
            throw new ClientClosedException("The communicator");
        });
        assertThatThrownBy(this::header).isInstanceOf(ClientClosedException.class);
        special.add((operation, request) -> {
            throw new IllegalStateException("a mistake");
        });
        assertThatThrownBy(this::header).isInstanceOf(CommunicationException.class).hasRootCauseMessage("a mistake");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void credentials_are_not_blank(String blank) {
        var uri = CREDENTIALS.tokenUri();
        assertThatThrownBy(() -> new OAuth2Credentials(uri, blank, SecretText.of("s"), List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OAuth2Credentials(uri, "c", SecretText.of(blank), List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static void awaitOpen(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
