package dev.bezant.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.account.Account;
import dev.bezant.server.account.Accounts;
import dev.bezant.server.account.ApiKey;
import dev.bezant.server.account.ApiKeys;
import dev.bezant.server.account.Limits;
import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Database;
import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.http.Keyring;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.testing.RawHttp;
import dev.bezant.server.webhook.Receiver;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays every file beside it: the request is answered, or followed by a webhook, with exactly what the file says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GoldenTest {
    private static final Actor ACTOR = new Actor("cli:tester");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Map<String, String> keys = new HashMap<>();
    private PaymentWorld world;

    @BeforeAll
    void start() {
        world = PaymentWorld.setup().providers("cardinity", "corefy").keyring(this::keyring).disputePause(Duration.ofMillis(300)).start();
        var ids = new Ids(Clock.systemUTC());
        var accounts = new Accounts(world.direct(), new Audit(ids), ids);
        accounts.changeLimits(ACTOR, "acct_world", Limits.NONE);
        Account suspended = accounts.create(ACTOR, "Suspended", Limits.NONE);
        accounts.changeStatus(ACTOR, suspended.id(), Account.Status.SUSPENDED);
        var made = new ApiKeys(world.direct(), new Audit(ids), ids, Clock.systemUTC());
        keys.put("secret_key", key(made, "acct_world", KeyKind.SECRET, ApiKey.Terms.USUAL));
        keys.put("publishable_key", key(made, "acct_world", KeyKind.PUBLISHABLE, ApiKey.Terms.USUAL));
        keys.put("partner_keys", made.createPair(ACTOR, "acct_world", "your_partner", Mode.TEST,
                new ApiKey.Terms(null, Permissions.only(Map.of("integrations", Permissions.Level.WRITE)), List.of(), null, null), null).text().reveal());
        keys.put("suspended_key", key(made, suspended.id(), KeyKind.SECRET, ApiKey.Terms.USUAL));
        keys.put("two_a_minute_key", key(made, "acct_world", KeyKind.SECRET, new ApiKey.Terms(null, Permissions.ALL, List.of(), 2, null)));
        keys.put("one_payment_a_minute_key", key(made, "acct_world", KeyKind.SECRET, new ApiKey.Terms(null, Permissions.ALL, List.of(), null, 1)));
        keys.put("charges_read_key", key(made, "acct_world", KeyKind.RESTRICTED,
                new ApiKey.Terms(null, Permissions.only(Map.of("charges", Permissions.Level.READ)), List.of(), null, null)));
    }

    @AfterAll
    void close() {
        world.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void is_as_written(String name) throws IOException, URISyntaxException {
        GoldenFile file = GoldenFile.parse(Files.readString(directory().resolve(name)));
        try (Receiver receiver = Receiver.open()) {
            var template = new Template(new HashMap<>(keys));
            template.names().put("merchant_url", receiver.url());
            file.given().forEach((given, how) -> template.names().put(given, make(how, template)));
            RawHttp.Response answer = send(file.request(), template);
            if (file.delivered()) {
                assertThat(answer.status()).as(answer.body()).isIn(200, 402);
                compareDelivery(file, receiver, template);
            } else {
                compareAnswer(file, answer, template);
            }
        }
        removeEndpoints();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("partnersFiles")
    void is_the_same_without_the_slash(String name) throws IOException, URISyntaxException {
        GoldenFile file = GoldenFile.parse(Files.readString(directory().resolve(name)));
        var template = new Template(new HashMap<>(keys));
        file.given().forEach((given, how) -> template.names().put(given, make(how, template)));
        GoldenFile.Message request = file.request();
        assertThat(request.start()).endsWith("/");
        String bare = request.start().substring(0, request.start().length() - 1);
        compareAnswer(file, send(new GoldenFile.Message(bare, request.headers(), request.body()), template), template);
    }

    /** What names a reference is played twice. */
    @BeforeEach
    void references_are_free() {
        world.direct().sql("delete from partner_reference").update();
        world.direct().sql("delete from idempotency_key where key like 'corefy/%'").update();
    }

    private static void compareAnswer(GoldenFile file, RawHttp.Response answer, Template template) {
        template.text("status", file.expected().start(), String.valueOf(answer.status()));
        file.expected().headers().forEach((header, value) -> template.text(header, value, String.valueOf(answer.header(header))));
        template.compare("", file.expected().json(), answer.json());
        assertThat(template.differences()).as(answer.json().toPrettyString()).isEmpty();
    }

    private static void compareDelivery(GoldenFile file, Receiver receiver, Template template) {
        String type = file.expected().json().path("type").asString();
        Receiver.Call call = Awaitility.await(type).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(
                () -> receiver.calls().stream().filter(it -> it.type().equals(type)).findFirst().orElse(null), Objects::nonNull);
        template.text("request line", file.expected().start(), "POST " + receiver.url());
        file.expected().headers().forEach((header, value) -> template.text(header, value, String.valueOf(call.header(header))));
        template.compare("", file.expected().json(), call.event());
        assertThat(template.differences()).as(call.event().toPrettyString()).isEmpty();
        assertThat(Verifier.verified(call.body(), String.valueOf(call.header("Payments-Signature")), template.named("$signing_secret"))).isTrue();
    }

    private String make(GoldenFile.Given given, Template template) {
        String line = given.method() + " " + given.path();
        RawHttp.Response answer = send(new GoldenFile.Message(line, Map.of("Authorization", "Bearer $" + given.key()), given.body()), template);
        assertThat(answer.status()).as(line + ": " + answer.body()).isIn(200, 201, 402);
        JsonNode value = answer.json().at(given.pointer());
        assertThat(value.isValueNode()).as(line + " has " + given.pointer() + ": " + answer.body()).isTrue();
        return value.asString();
    }

    private RawHttp.Response send(GoldenFile.Message request, Template template) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Host", "localhost", "Authorization", "Bearer $secret_key"));
        byte[] body = request.body() == null ? new byte[0] : template.named(request.body()).getBytes(StandardCharsets.UTF_8);
        if (request.body() != null) {
            headers.put("Content-Type", "application/json");
        }
        headers.putAll(request.headers());
        headers.values().removeIf(String::isEmpty);
        var head = new StringBuilder(request.start()).append(" HTTP/1.1\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        try (RawHttp http = RawHttp.connect(world.url())) {
            RawHttp.Response answer = http.send(template.named(head.toString())).send(body).read();
            world.conformance().check();
            return answer;
        }
    }

    /** An event tells how many endpoints have yet to hear of it: none of another file shall. */
    private void removeEndpoints() {
        var template = new Template(keys);
        ObjectNode all = send(new GoldenFile.Message("GET /v1/webhook_endpoints?limit=100", Map.of(), null), template).json();
        all.path("data").forEach(endpoint -> send(new GoldenFile.Message("DELETE /v1/webhook_endpoints/" + endpoint.path("id").asString(), Map.of(), null), template));
    }

    private Keyring keyring(Database database) {
        var ids = new Ids(Clock.systemUTC());
        return new ApiKeys(database, new Audit(ids), ids, Clock.systemUTC());
    }

    private static String key(ApiKeys keys, String account, KeyKind kind, ApiKey.Terms terms) {
        return keys.create(ACTOR, account, kind, Mode.TEST, terms, null).text().reveal();
    }

    static List<String> files() throws IOException, URISyntaxException {
        try (var all = Files.list(directory())) {
            return all.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".txt")).sorted().toList();
        }
    }

    static List<String> partnersFiles() throws IOException, URISyntaxException {
        return files().stream().filter(name -> name.startsWith("corefy-")).toList();
    }

    private static Path directory() throws URISyntaxException {
        return Objects.requireNonNull(Path.of(Objects.requireNonNull(GoldenTest.class.getResource("README.md")).toURI()).getParent());
    }
}
