package dev.bezant.worldline.acquiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A payment that must not stay in doubt (docs/protocols/worldline-acquiring.md, section 9). */
class TakingBackTest {
    private static final String DECLINED_REVERSAL = Bodies.REVERSED.replace("APPROVED", "DECLINED");

    private TestServer server;
    private AcquiringClient client;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        client = server.client().build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private CertainPayment pay() {
        return client.v1().acquirer("1").merchant("2").payments().processPaymentOrTakeBack(Bodies.PAYMENT, "op-1-undo", CallContext.none());
    }

    @Test
    void an_answer_is_an_answer_and_a_decline_is_one_too() {
        server.answer(201, Bodies.AUTHORIZED);
        assertThat(pay()).isInstanceOfSatisfying(CertainPayment.Answered.class, answered -> assertThat(answered.response().isApproved()).isTrue());
        server.answer(201, Bodies.DECLINED);
        assertThat(pay()).isInstanceOfSatisfying(CertainPayment.Answered.class, answered -> assertThat(answered.response().isDeclined()).isTrue());
        assertThat(server.requests).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"500|", "503|{}", "201|half a bo", "201|{\"operationId\":\"op-2\"}",
        "201|{\"operationId\":\"op-1\",\"status\":\"PENDING\"}", "201|{\"operationId\":\"op-1\",\"responseCodeCategory\":\"MAYBE\"}",
        "409|{\"title\":\"Conflict\"}", "403|<html>", "302|"})
    void whatever_is_no_answer_is_taken_back_by_the_id_that_was_sent(int status, String body) {
        server.answerOnce(status, body == null ? "" : body);
        server.answer(200, Bodies.REVERSED);
        assertThat(pay()).isInstanceOfSatisfying(CertainPayment.TakenBack.class, back -> {
            assertThat(back.reason().mayHaveTakenEffect()).isTrue();
            assertThat(back.reversal().isApproved()).isTrue();
        });
        assertThat(server.requests).hasSize(2);
        assertThat(server.last().target()).isEqualTo("/processing/v1/1/2/operations/op-1/reverse");
        assertThat(server.last().body()).contains("\"operationId\":\"op-1-undo\"", "\"reason\":\"TIMEOUT\"", "+01:00\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void a_refusal_and_what_was_never_sent_need_no_taking_back(int status) {
        server.answer(status, Bodies.problem(status, "no"));
        assertThatThrownBy(this::pay).isInstanceOf(SdkException.class).satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isFalse());
        assertThat(server.requests).hasSize(1);
        try (var nowhere = server.client().endpoint(URI.create("http://127.0.0.1:1")).build()) {
            var payments = nowhere.v1().acquirer("1").merchant("2").payments();
            assertThatThrownBy(() -> payments.processPaymentOrTakeBack(Bodies.PAYMENT, "u", CallContext.none()))
                    .isInstanceOfSatisfying(CommunicationException.class, e -> assertThat(e.mayHaveTakenEffect()).isFalse());
        }
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void an_operation_that_is_not_known_has_not_arrived_so_far() {
        server.answerOnce(500, "");
        server.answer(404, Bodies.problem(404, "unknown"));
        assertThat(pay()).isInstanceOfSatisfying(CertainPayment.NotArrived.class, told -> {
            assertThat(told.reason()).isInstanceOf(PlatformException.class);
            assertThat(told.unknown().status()).isEqualTo(404);
        });
    }

    @Test
    void taking_back_is_repeated_with_the_same_id_until_it_is_confirmed() {
        server.answerOnce(500, "");
        server.answerOnce(409, Bodies.problem(409, "not finished yet"));
        server.answerOnce(200, "garbage");
        server.answer(200, Bodies.REVERSED);
        assertThat(pay()).isInstanceOf(CertainPayment.TakenBack.class);
        assertThat(server.requests).hasSize(4);
        assertThat(server.requests.subList(1, 4)).extracting(TestServer.Request::body).containsOnly(server.last().body());
    }

    @Test
    void what_stays_in_doubt_says_why() {
        server.answer(503, "");
        assertThat(pay()).isInstanceOfSatisfying(CertainPayment.InDoubt.class, doubt -> {
            assertThat(doubt.refusal()).isNull();
            assertThat(doubt.failure()).isInstanceOf(PlatformException.class);
        });
        assertThat(server.requests).as("a payment and five attempts to take it back").hasSize(6);
        server.answerOnce(500, "");
        server.answer(200, DECLINED_REVERSAL);
        assertThat(pay()).isInstanceOfSatisfying(CertainPayment.InDoubt.class, doubt -> {
            assertThat(doubt.failure()).isNull();
            assertThat(java.util.Objects.requireNonNull(doubt.refusal()).isDeclined()).isTrue();
        });
        server.answerOnce(500, "");
        server.answer(400, Bodies.problem(400, "cleared"));
        assertThat(pay()).isInstanceOfSatisfying(CertainPayment.InDoubt.class,
                doubt -> assertThat(doubt.failure()).isInstanceOf(ValidationException.class));
    }

    @Test
    void a_thread_that_is_stopped_says_at_once_that_it_does_not_know() {
        server.answerOnce(409, Bodies.problem(409, "in progress"));
        server.answer(200, DECLINED_REVERSAL);
        var payments = client.v1().acquirer("1").merchant("2").payments();
        var outcome = payments.processPaymentOrTakeBackAsync(Bodies.PAYMENT, "op-1-undo", CallContext.builder()
                .onResponse(info -> Thread.currentThread().interrupt()).build()).join();
        assertThat(outcome).isInstanceOfSatisfying(CertainPayment.InDoubt.class,
                doubt -> assertThat(doubt.reason()).isInstanceOf(IdempotenceException.class));
        assertThat(server.requests).hasSizeLessThanOrEqualTo(2);
    }
}
