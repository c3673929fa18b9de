package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long {@code ./bezant serve --data DIR} takes from the command to {@code GET /health/ready} = 200, on a directory with data. The figure is
 * printed and not asserted, for it depends on what else the machine does; what it hangs on is asserted.
 */
class StartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path parent;

    @Test
    void a_start_on_existing_data_is_ready_soon_and_knows_what_was() throws IOException {
        Path data = parent.resolve("data");
        String payment;
        try (Server first = Server.start(data)) {
            payment = Merchant.of(first).post("/v1/payment_intents", "amount=1999&currency=eur&payment_method=pm_card_visa&confirm=true").id();
            assertThat(first.terminate()).isZero();
        }
        int port = freePort();
        long began = System.nanoTime();
        try (Server again = Server.launch(data, "--port", String.valueOf(port)); var client = HttpClient.newHttpClient()) {
            var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).timeout(PATIENCE).build();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).ignoreExceptions()
                    .until(() -> client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
            System.out.printf("./bezant serve on existing data: ready after %d ms%n", Duration.ofNanos(System.nanoTime() - began).toMillis());
            again.awaitReady();
            assertThat(Merchant.of(again).get("/v1/payment_intents/" + payment).state()).isEqualTo("succeeded");
        }
    }

    /** Half of a start would be reading classes, and Java says nothing when it refuses a cache. */
    @Test
    void java_takes_most_classes_from_the_cache_that_the_build_made() throws IOException {
        Path log = parent.resolve("classes.txt");
        try (Server server = Server.launch(new Shell().with("BEZANT_JAVA_OPTIONS", "-Xlog:class+load:file=" + log), parent.resolve("data"))) {
            server.awaitReady();
        }
        List<String> ours = Files.readAllLines(log).stream().filter(it -> it.contains(" dev.bezant.")).toList();
        assertThat(ours).hasSizeGreaterThan(300);
        assertThat(ours.stream().filter(it -> it.endsWith("source: shared objects file"))).hasSizeGreaterThan(ours.size() * 9 / 10);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
