package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.ops.CommandLineTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code logs} against a running server, as a person types it. */
class LogsCommandTest {
    @TempDir
    private Path directory;

    private final PaymentWorld world = PaymentWorld.setup().withoutSettling().start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void what_there_is_is_shown_oldest_first() {
        String customer = world.post("/v1/customers", "name=Ada").id();
        world.get("/v1/customers/cus_none");
        assertThat(tail("--since", "PT1H", "--no-follow")).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceAll("^\\S+ ", "")).toList()).satisfiesExactly(
                first -> assertThat(first).matches("200 POST +/v1/customers  [0-9.]+ ms  sk_test_...orld  req_\\w+"),
                second -> assertThat(second).matches("404 GET +/v1/customers/cus_none  [0-9.]+ ms  sk_test_...orld  req_\\w+  resource_missing"));
        out.getBuffer().setLength(0);
        assertThat(tail("--since", "PT1H", "--no-follow", "--object", customer, "--method", "post", "--status", "2xx", "--format", "json")).isZero();
        assertThat(Json.read(out.toString()).path("response").path("id").asString()).isEqualTo(customer);
    }

    @Test
    void more_than_a_page_is_shown_once_and_in_order() {
        for (int i = 0; i < 250; i++) {
            world.get("/v1/customers/cus_" + i);
        }
        assertThat(tail("--since", "PT1H", "--no-follow", "--path", "/v1/customers/")).isZero();
        List<String> paths = out.toString().lines().map(line -> line.replaceAll(".*(/v1/\\S+).*", "$1")).toList();
        assertThat(paths).hasSize(250).doesNotHaveDuplicates().startsWith("/v1/customers/cus_0", "/v1/customers/cus_1").endsWith("/v1/customers/cus_249");
    }

    @Test
    void requests_turn_up_as_they_are_answered_also_those_of_other_servers_that_are_late() throws InterruptedException {
        world.get("/v1/customers/cus_before");
        Thread following = Thread.ofVirtual().start(() -> tail("--path", "/v1/customers"));
        try {
            // It begins with what comes after its first look; so it is given something at every look.
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                world.get("/v1/customers/cus_during");
                return out.toString().contains("cus_during");
            });
            insert("/v1/customers/cus_late", "2 seconds");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> out.toString().contains("cus_late"));
        } finally {
            following.interrupt();
            following.join();
        }
        assertThat(out.toString()).doesNotContain("cus_before").containsOnlyOnce("cus_late");
    }

    @Test
    void a_server_that_goes_away_is_waited_for() throws InterruptedException {
        Thread following = Thread.ofVirtual().start(() -> tail("--since", "PT1H"));
        try {
            world.get("/v1/customers/cus_1");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> out.toString().contains("cus_1"));
            world.stop();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> err.toString().contains("trying again"));
            assertThat(following.isAlive()).isTrue();
        } finally {
            following.interrupt();
            following.join();
        }
    }

    @Test
    void mistakes_are_told() {
        assertThat(tail("--status", "many", "--no-follow", "--since", "PT1H")).isEqualTo(1);
        assertThat(err.toString()).contains("Invalid status");
        assertThat(tail("--format", "xml")).isEqualTo(2);
        assertThat(run("logs", "tail", "--url", "http://127.0.0.1:1", "--secret-key", "x", "--data", directory.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("does not answer");
        assertThat(run("logs", "tail", "--url", "no address", "--secret-key", "x", "--data", directory.toString())).isEqualTo(2);
    }

    @Test
    void server_and_key_are_taken_from_the_data_directory() throws IOException {
        assertThat(run("logs", "tail", "--no-follow", "--data", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--url", "BEZANT_URL", "quickstart.env");
        Files.writeString(directory.resolve("quickstart.env"), "BEZANT_URL='" + world.url() + "'\nBEZANT_SECRET_KEY='" + PaymentWorld.SECRET + "'\n");
        world.get("/v1/customers/cus_1");
        assertThat(run("logs", "tail", "--no-follow", "--since", "PT1H", "--data", directory.toString())).isZero();
        assertThat(out.toString()).contains("cus_1");
    }

    private void insert(String path, String before) {
        world.direct().sql("""
                        insert into request_log (account_id, id, livemode, key_id, key_prefix, method, path, route, object_ids, ignored, status, dialect, replayed,
                               ip, took_us, provider_us, created_at)
                        values ('acct_world', :id, false, 'key_1', 'sk_test_...', 'GET', :path, :path, '{}', '{}', 200, 'native', false, '127.0.0.1', 1, 0,
                               now() - :before::text::interval)
                        """)
                .bind("id", "req_" + Ids.lowerBound(Clock.systemUTC().instant().minusSeconds(2)) + "late00000000")
                .bind("path", path)
                .bind("before", before)
                .update();
    }

    private int tail(String... options) {
        var all = new ArrayList<>(List.of("logs", "tail", "--url", world.url(), "--secret-key", PaymentWorld.SECRET, "--data", directory.toString()));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private int run(String... command) {
        return CommandLineTree.execute(List.of(command), Wiring::new, new PrintWriter(out), new PrintWriter(err));
    }
}
