package dev.bezant.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.bezant.server.PaymentWorld;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.webhook.Signature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A session of {@code listen}, and {@code events resend}, against a running server. */
class ListenTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Secret KEY = Secret.of(PaymentWorld.SECRET);

    private final PaymentWorld world = PaymentWorld.start();
    private final List<JsonNode> arrived = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> heads = new CopyOnWriteArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CountDownLatch stop = new CountDownLatch(1);
    private HttpServer program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final int port = program.getAddress().getPort();
    private volatile int answer = 200;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    ListenTest() throws IOException {}

    @BeforeEach
    void program() {
        prepare();
    }

    private void prepare() {
        program.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        program.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                heads.add(Map.copyOf(exchange.getRequestHeaders()));
                assertThat(exchange.getRequestHeaders().getFirst("Payments-Signature")).isEqualTo(signature(body, exchange.getRequestHeaders().getFirst("Payments-Signature")));
                arrived.add(Json.read(new String(body, StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(answer, -1);
            }
        });
    }

    @AfterEach
    void close() {
        stop.countDown();
        await().atMost(PATIENCE).until(running::isDone);
        program.stop(0);
        world.close();
    }

    private static String signature(byte[] body, String header) {
        Instant at = Instant.ofEpochSecond(Long.parseLong(header.substring(2, header.indexOf(','))));
        return Signature.header(at, body, List.of(Listening.secretOf(KEY)));
    }

    private ApiClient api() {
        return new ApiClient(() -> new ServerAccess.Login(world.url(), KEY));
    }

    private void listen(ObjectNode request, Map<String, String> headers, Listening.Format format) {
        var forwarder = new Forwarder(ListenCommand.target("127.0.0.1:" + port + "/hooks"), headers, Listening.secretOf(KEY));
        var listening = new Listening(api(), request, forwarder, format, new PrintWriter(out), new PrintWriter(err));
        running = CompletableFuture.runAsync(() -> listening.run(stop::await), task -> Thread.ofVirtual().start(task));
        await().atMost(PATIENCE).until(() -> listeners() == 1);
    }


    private long listeners() {
        return world.direct().sql("select count(*) as n from webhook_endpoint where kind = 'listener'").one(row -> row.number("n")).orElseThrow();
    }

    private long delivered() {
        return world.direct().sql("select count(*) as n from webhook_delivery where state = 'delivered'").one(row -> row.number("n")).orElseThrow();
    }

    @Test
    void events_are_forwarded_signed_and_shown_with_the_answer() throws Exception {
        program.start();
        listen(Json.object(), Map.of("X-Shop", "7"), Listening.Format.TEXT);
        world.post("/v1/customers", "name=Ada");
        await().atMost(PATIENCE).until(() -> delivered() == 1);

        assertThat(arrived.getFirst().path("type").asString()).isEqualTo("customer.created");
        assertThat(heads.getFirst()).containsEntry("X-shop", List.of("7")).containsEntry("User-agent", List.of("Bezant/1.0 (+webhooks)"));
        assertThat(out.toString()).containsPattern("[0-9:]{8}  200  customer.created  " + arrived.getFirst().path("id").asString() + "  [0-9]+ ms");
        stop.countDown();
        running.get(20, TimeUnit.SECONDS);
        assertThat(listeners()).as("a session without a name leaves nothing").isZero();
    }

    @Test
    void while_nobody_answers_nothing_is_lost_or_overtaken() throws IOException {
        program.start();
        program.stop(0);
        listen(Json.object(), Map.of(), Listening.Format.TEXT);
        String customer = world.post("/v1/customers", "name=Ada").id();
        for (int i = 0; i < 5; i++) {
            world.post("/v1/customers/" + customer, "name=name-" + i);
        }
        await().atMost(PATIENCE).until(() -> err.toString().contains("nobody listens"));
        program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        prepare();
        program.start();
        await().atMost(PATIENCE).until(() -> delivered() == 6);

        assertThat(arrived.stream().map(event -> event.at("/data/object/name").asString())).containsExactly("Ada", "name-0", "name-1", "name-2", "name-3", "name-4");
    }

    @Test
    void any_answer_is_an_answer_and_an_event_can_be_sent_again() {
        program.start();
        answer = 500;
        listen(Json.object(), Map.of(), Listening.Format.TEXT);
        world.post("/v1/customers", "name=Ada");
        await().atMost(PATIENCE).until(() -> out.toString().contains("  500  customer.created"));
        answer = 200;
        var printed = new StringWriter();
        int exit = CommandLineTree.execute(List.of("events", "resend", arrived.getFirst().path("id").asString(), "--url", world.url(), "--secret-key", PaymentWorld.SECRET),
                platform -> {
                    throw new IllegalStateException("not needed");
                }, new PrintWriter(printed), new PrintWriter(printed));
        await().atMost(PATIENCE).until(() -> delivered() == 1);

        assertThat(exit).isZero();
        assertThat(printed.toString()).contains("customer.created").contains("lsn_");
        assertThat(arrived).hasSize(2);
        assertThat(arrived.get(1)).isEqualTo(arrived.get(0));
    }

    @Test
    void with_json_every_line_is_the_event_and_its_answer() {
        program.start();
        listen(Json.object().put("api_version", "2020-08-27"), Map.of(), Listening.Format.JSON);
        world.post("/v1/customers", "name=Ada");
        await().atMost(PATIENCE).until(() -> out.toString().contains("\n"));

        JsonNode line = Json.read(out.toString().strip());
        assertThat(line.path("status_code").asInt()).isEqualTo(200);
        assertThat(line.path("event")).isEqualTo(arrived.getFirst());
        assertThat(line.at("/event/api_version").asString()).isEqualTo("2020-08-27");
    }

    @Test
    void a_named_session_gets_what_happened_since_the_last_one() throws Exception {
        program.start();
        ObjectNode request = Json.object().put("name", "laptop");
        listen(request, Map.of(), Listening.Format.TEXT);
        stop.countDown();
        running.get(20, TimeUnit.SECONDS);
        assertThat(listeners()).isEqualTo(1);
        world.post("/v1/customers", "name=Ada");

        var again = new CountDownLatch(1);
        var forwarder = new Forwarder(ListenCommand.target(":" + program.getAddress().getPort()), Map.of(), Listening.secretOf(KEY));
        Thread.ofVirtual().start(() -> new Listening(api(), request, forwarder, Listening.Format.TEXT, new PrintWriter(out), new PrintWriter(err)).run(again::await));
        await().atMost(PATIENCE).until(() -> delivered() == 1);
        again.countDown();
    }

    @Test
    void a_listener_that_the_server_has_forgotten_begins_anew() {
        program.start();
        listen(Json.object(), Map.of(), Listening.Format.TEXT);
        world.direct().sql("update webhook_endpoint set seen_at = now() - interval '2 days'").update();
        world.job("forget listeners");
        await().atMost(PATIENCE).until(() -> err.toString().contains("beginning anew") && listeners() == 1);
        world.post("/v1/customers", "name=Ada");
        await().atMost(PATIENCE).until(() -> delivered() == 1);
    }

    @Test
    void a_wrong_key_ends_it_with_the_servers_words() {
        var strange = new ApiClient(() -> new ServerAccess.Login(world.url(), Secret.of("sk_test_unknown")));
        var listening = new Listening(strange, Json.object(), null, Listening.Format.TEXT, new PrintWriter(out), new PrintWriter(err));
        assertThatThrownBy(() -> listening.run(stop::await)).isInstanceOf(CommandException.class).hasMessageContaining("Invalid API key");
    }

    @Test
    void the_secret_belongs_to_the_key_and_does_not_tell_it() {
        String secret = Listening.secretOf(KEY).reveal();
        assertThat(secret).matches("whsec_[0-9A-Za-z]{32}").isEqualTo(Listening.secretOf(KEY).reveal()).doesNotContain("world");
        assertThat(Listening.secretOf(Secret.of("sk_test_other"))).isNotEqualTo(Listening.secretOf(KEY));
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:3000/hooks,http://localhost:3000/hooks", "localhost:3000/hooks,http://localhost:3000/hooks", ":3000,http://localhost:3000",
        "https://dev.example/x?y=1,https://dev.example/x?y=1"})
    void a_target_may_leave_out_what_goes_without_saying(String given, String meant) {
        assertThat(ListenCommand.target(given)).hasToString(meant);
    }

    @ParameterizedTest
    @CsvSource({"ftp://localhost/", "'http://'", "'a b'"})
    void a_target_that_is_none_is_a_usage_mistake(String given) {
        assertThatThrownBy(() -> ListenCommand.target(given)).isInstanceOf(CommandException.class).hasMessageContaining("--forward-to");
    }
}
