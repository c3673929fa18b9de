package dev.bezant.server.requestlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.database.Database;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.http.RequestJournal.Seen;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log and its database, when that has trouble. */
class RequestLogWriterTest {
    private static final Caller CALLER =
            new Caller("acct_1", Mode.TEST, Caller.KeyKind.SECRET, "key_1", "sk_test_...", Permissions.ALL, null, null);

    private final TestDatabase db = TestDatabase.create();
    /** Gives up soon where it has to wait. */
    private final Database impatient =
            Database.open(new Database.Settings(db.url() + "?options=-c%20statement_timeout=300", db.user(), db.password(), 2));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final RequestLog log = new RequestLog(new RequestLogStore(impatient, true), RequestLogSettings.STANDARD, metrics);
    private final Ids ids = new Ids(Clock.systemUTC());

    @AfterEach
    void close() {
        impatient.close();
        db.close();
    }

    @Test
    void many_are_written_in_few_statements() {
        hear(1_000);
        long before = impatient.statementsSent();
        log.write();
        assertThat(rows()).isEqualTo(1_000);
        assertThat(impatient.statementsSent() - before).isEqualTo(5);
    }

    @Test
    void what_cannot_be_written_just_now_is_written_later() {
        hear(300);
        db.database().transaction(tx -> {
            tx.sql("lock table request_log in access exclusive mode").update();
            log.write();
            return null;
        });
        assertThat(rows()).isZero();
        hear(1);
        log.write();
        assertThat(rows()).isEqualTo(301);
        assertThat(dropped("failed") + dropped("overflow")).isZero();
    }

    @Test
    void a_repeat_after_a_lost_acknowledgement_writes_nothing_twice() {
        var request = LoggedRequest.of(seen("/v1/charges", CALLER, 200));
        var store = new RequestLogStore(impatient, true);
        store.insert(List.of(request));
        store.insert(List.of(request, LoggedRequest.of(seen("/v1/charges", CALLER, 200))));
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void one_that_the_database_refuses_does_not_take_the_others_with_it() {
        db.database().sql("alter table request_log add constraint picky check (path <> '/v1/bad')").update();
        hear(3);
        log.seen(seen("/v1/bad", CALLER, 200));
        hear(3);
        log.write();
        assertThat(rows()).isEqualTo(6);
        assertThat(dropped("failed")).isEqualTo(1);
    }

    @Test
    void strangers_cannot_fill_it() {
        IntStream.range(0, 2_000).forEach(i -> log.seen(seen("/v1/charges", null, 401)));
        hear(10);
        log.write();
        // The minute may turn once meanwhile.
        assertThat(rows()).isBetween(610L, 1_210L);
        assertThat(dropped("stranger")).isGreaterThanOrEqualTo(800);
    }

    @Test
    void whatever_overflows_is_counted() {
        hear(10_500);
        assertThat(dropped("overflow")).isEqualTo(500);
    }

    private void hear(int count) {
        IntStream.range(0, count).forEach(i -> log.seen(seen("/v1/charges", CALLER, 200)));
    }

    private Seen seen(String path, @Nullable Caller caller, int status) {
        return new Seen(ids.next("req"), Clock.systemUTC().instant(), 1_000_000, 0, "GET", path, path, caller, null, null, false, "native", null,
                "127.0.0.1", "Test\u0000", status, "{\"object\":\"list\"}");
    }

    private long rows() {
        return db.database().sql("select count(*) as n from request_log").one(row -> row.number("n")).orElseThrow();
    }

    private double dropped(String why) {
        var counter = metrics.find("bezant.request_log.dropped").tag("why", why).counter();
        return counter == null ? 0 : counter.count();
    }
}
