package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.testing.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Writes of our own tables; payments and refunds have their own tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyTest {
    private FrontDoor door;

    @BeforeAll
    void open() {
        door = new FrontDoor();
    }

    @AfterAll
    void close() {
        door.close();
    }

    private RawHttp.Response make(String key, String body) {
        return door.once(FrontDoor.post("/v1/things", body, "Idempotency-Key: " + key));
    }

    @Test
    void a_repeat_gets_the_first_answer_and_says_so() {
        RawHttp.Response first = make("repeat", "name=a");
        RawHttp.Response second = make("repeat", "name=a");

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.header("Idempotent-Replayed")).isNull();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.header("Request-Id")).isNotEqualTo(first.header("Request-Id"));
    }

    @Test
    void other_parameters_or_another_path_are_no_repeat() {
        make("other", "name=a");

        assertThat(make("other", "name=b").error()).isEqualTo("400 idempotency_error - -");
        assertThat(door.once(FrontDoor.post("/v1/payment_intents", "name=a", "Idempotency-Key: other")).json().at("/error/message").asString())
                .contains("POST /v1/things");
    }

    @Test
    void a_trailing_slash_and_another_order_are_the_same_request() {
        RawHttp.Response first = make("slash", "name=a");

        assertThat(door.once(FrontDoor.post("/v1/things/", "&name=%61", "Idempotency-Key: slash")).body()).isEqualTo(first.body());
    }

    @Test
    void a_refused_request_does_not_use_its_key_up() {
        assertThat(make("refused", "nmae=a").status()).isEqualTo(400);
        assertThat(make("refused", "name=a").status()).isEqualTo(200);
    }

    @Test
    void of_many_at_once_one_is_done_and_all_hear_of_it() throws Exception {
        int before = door.made.get();
        int many = 24;
        var together = new CyclicBarrier(many);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<RawHttp.Response> work = () -> {
                together.await();
                return make("at once", "name=a");
            };
            var answers = new ArrayList<RawHttp.Response>();
            for (Future<RawHttp.Response> future : threads.invokeAll(java.util.Collections.nCopies(many, work))) {
                answers.add(future.get());
            }
            assertThat(answers.stream().map(RawHttp.Response::body).collect(Collectors.toSet())).hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.header("Idempotent-Replayed") == null)).hasSize(1);
        }
        assertThat(door.made.get()).isEqualTo(before + 1);
    }

    @Test
    void answers_are_forgotten_after_a_day_unresolved_keys_never() {
        make("old", "name=a");
        make("unresolved", "name=a");
        make("young", "name=a");
        age("old", "25 hours");
        age("unresolved", "25 hours");
        age("young", "23 hours");
        door.db.database().sql("update idempotency_key set status_code = null, body = null where key = 'unresolved'").update();

        door.idempotency.forgetOld();

        List<String> left = door.db.database().sql("select key from idempotency_key").list(row -> row.text("key"));
        assertThat(left).contains("unresolved", "young").doesNotContain("old");
        assertThat(make("old", "name=other").status()).isEqualTo(200);
    }

    @Test
    void a_key_whose_work_still_runs_is_in_use() {
        make("running", "name=a");
        door.db.database().sql("update idempotency_key set status_code = null, body = null where key = 'running'").update();

        RawHttp.Response answer = make("running", "name=a");

        assertThat(answer.error()).isEqualTo("409 invalid_request_error idempotency_key_in_use -");
        assertThat(answer.header("Stripe-Should-Retry")).isEqualTo("true");
    }

    private void age(String key, String by) {
        door.db.database().sql("update idempotency_key set created_at = now() - :by::interval where key = :key").bind("by", by).bind("key", key).update();
    }
}
