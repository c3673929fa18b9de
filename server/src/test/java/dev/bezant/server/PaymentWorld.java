package dev.bezant.server;

import dev.bezant.cardinity.CardinityClient;
import dev.bezant.sdk.SecretText;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.database.Database;
import dev.bezant.server.dispute.DisputeSettings;
import dev.bezant.server.http.Api;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Exposure;
import dev.bezant.server.http.HttpServer;
import dev.bezant.server.http.Keyring;
import dev.bezant.server.http.LocalBuckets;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.http.RateLimits;
import dev.bezant.server.http.RequestJournal;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.openapi.Conformance;
import dev.bezant.server.ops.Jobs;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.providerlog.ProviderLogSettings;
import dev.bezant.server.requestlog.RequestLogSettings;
import dev.bezant.server.testing.SandboxProcess;
import dev.bezant.server.testing.TestDatabase;
import dev.bezant.server.vault.Vault;
import dev.bezant.server.webhook.WebhookSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All features over real HTTP, a database and provider accounts of the test's own, the sandbox in its own process.
 *
 * <p>Deadlines are short: what takes minutes in production takes seconds here.
 */
public final class PaymentWorld implements AutoCloseable {
    public static final String SECRET = "sk_test_world";
    public static final String PUBLISHABLE = "pk_test_world";
    public static final String STRANGER = "sk_test_stranger";
    public static final String LIVE = "sk_live_world";

    private static final Logger LOG = LoggerFactory.getLogger(PaymentWorld.class);
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final int FIRST_PORT = 10_000;
    private static final int LAST_PORT = 20_000;

    private final TestDatabase db;
    private final Database database;
    private final SandboxProcess sandbox = SandboxProcess.shared();
    private final List<String> sandboxAccounts = new ArrayList<>();
    private final List<JsonNode> credentials = new ArrayList<>();
    /** Makes servers on the same database, given who hears of their requests. */
    private final Function<Function<List<Route>, RequestJournal>, Features> nodes;
    private final Features features;
    private final HttpServer http;
    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final boolean settling;
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private Conformance conformance = new Conformance(List.of());
    private final ScheduledExecutorService jobs = Executors.newScheduledThreadPool(4);

    /** How a world differs from the usual one. */
    public static final class Setup {
        private Checkpoint checkpoint = Checkpoint.NONE;
        private Duration sendWindow = Duration.ofSeconds(2);
        private Duration providerTimeout = Duration.ofSeconds(2);
        private boolean settling = true;
        private Duration actionExpiry = Duration.ofHours(1);
        private Duration authorizationExpiry = Duration.ofDays(7);
        private int connections = 24;
        private ObjectNode providerSettings = Json.object();
        private final Map<Integer, ObjectNode> providerCredentials = new HashMap<>();
        private List<String> providers = List.of("cardinity");
        private final ObjectNode simulatorSettings = Json.object();
        private WebhookSettings webhooks = WebhookSettings.STANDARD;
        private RequestLogSettings requestLog = RequestLogSettings.STANDARD;
        private ProviderLogSettings providerLog = ProviderLogSettings.STANDARD;
        private Duration disputePause = Duration.ofHours(1);
        private boolean takesEvidence;
        private Function<Database, Keyring> keyring = database -> PaymentWorld::caller;

        /** One account each, in this order; without it, one of Cardinity's. */
        public Setup providers(String... names) {
            providers = List.of(names);
            return this;
        }

        /** Of the first provider. */
        public Setup providerAccounts(int count) {
            providers = Collections.nCopies(count, providers.getFirst());
            return this;
        }

        /** How the simulated provider behaves, such as {@code authorization_seconds}. */
        public Setup simulator(String name, String value) {
            simulatorSettings.put(name, value);
            return this;
        }

        public Setup checkpoint(Checkpoint value) {
            checkpoint = value;
            return this;
        }

        public Setup sendWindow(Duration value) {
            sendWindow = value;
            return this;
        }

        public Setup providerTimeout(Duration value) {
            providerTimeout = value;
            return this;
        }

        /** Of the server's pool. */
        public Setup connections(int count) {
            connections = count;
            return this;
        }

        public Setup authorizationExpiry(Duration value) {
            authorizationExpiry = value;
            return this;
        }

        public Setup actionExpiry(Duration value) {
            actionExpiry = value;
            return this;
        }

        /** Another way to the same database, given its real URL. */
        public Setup through(java.util.function.UnaryOperator<String> url) {
            way = url;
            return this;
        }

        private java.util.function.UnaryOperator<String> way = url -> url;

        public Setup webhooks(WebhookSettings value) {
            webhooks = value;
            return this;
        }

        public Setup withoutSettling() {
            settling = false;
            return this;
        }

        /** Other keys than the four of this class. */
        public Setup keyring(Function<Database, Keyring> value) {
            keyring = value;
            return this;
        }

        /** How often providers are asked for disputes; else once alone. */
        public Setup disputePause(Duration value) {
            disputePause = value;
            return this;
        }

        /** The simulated provider takes evidence. */
        public Setup takingEvidence() {
            takesEvidence = true;
            return this;
        }

        public Setup providerSetting(String name, long value) {
            providerSettings.put(name, value);
            return this;
        }

        /**
         * What the server believes a credential to be.
         *
         * @param account counted from 0
         */
        public Setup providerCredential(int account, String name, String value) {
            providerCredentials.computeIfAbsent(account, index -> Json.object()).put(name, value);
            return this;
        }

        public Setup providerLog(ProviderLogSettings value) {
            providerLog = value;
            return this;
        }

        public Setup requestLog(RequestLogSettings value) {
            requestLog = value;
            return this;
        }

        public PaymentWorld start() {
            return new PaymentWorld(this);
        }
    }

    public static Setup setup() {
        return new Setup();
    }

    public static PaymentWorld start() {
        return new Setup().start();
    }

    private PaymentWorld(Setup setup) {
        settling = setup.settling;
        db = TestDatabase.create();
        database = Database.open(new Database.Settings(setup.way.apply(db.url()), db.user(), db.password(), setup.connections));
        Clock clock = Clock.systemUTC();
        var ids = new Ids(clock);
        Vault vault = vault(clock, ids);
        var accounts = new ArrayList<ProviderAccount>();
        for (String provider : setup.providers) {
            accounts.add(providerAccount(provider, setup));
        }
        int port = freePort();
        nodes = journal -> new Features(new Features.Ground(database, vault, setup.keyring.apply(database), new FixedAccounts(accounts),
                new RateLimits(new LocalBuckets(), false), Exposure.DIRECT, new PaymentSettings("http://127.0.0.1:" + port, setup.sendWindow, setup.providerTimeout, setup.actionExpiry, setup.authorizationExpiry),
                setup.webhooks, setup.requestLog, setup.providerLog, new Features.Resources(Duration.ZERO, new DisputeSettings(setup.disputePause, setup.disputePause)),
                journal, metrics, ids, clock, setup.checkpoint));
        features = nodes.apply(this::heldAgainstTheDocument);
        features.prepare();
        for (String account : List.of("acct_world", "acct_stranger")) {
            db.database().sql("insert into account (id, name, email, country) values (:id, 'World', 'owner@world.example', 'LT')").bind("id", account).update();
        }
        http = HttpServer.start(HttpServer.Settings.of("127.0.0.1", port), features.api(), features.pages(), features.doors(), features.probes());
        if (setup.settling) {
            for (Jobs.Job job : features.jobs()) {
                ScheduledFuture<?> running = jobs.scheduleWithFixedDelay(() -> guarded(job), 100, Math.min(job.every().toMillis(), 60_000),
                        TimeUnit.MILLISECONDS);
                LOG.debug("{} {}", job.name(), running);
            }
        }
    }

    private static Vault vault(Clock clock, Ids ids) {
        try {
            return Vault.open(Files.createTempDirectory("vault"), clock, ids);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RequestJournal heldAgainstTheDocument(List<Route> routes) {
        conformance = new Conformance(routes);
        return conformance;
    }

    private static void guarded(Jobs.Job job) {
        try {
            job.work().run();
        } catch (RuntimeException e) {
            LOG.error("job {}", job.name(), e);
        }
    }

    /** An answer: its status, headers and JSON. */
    public record Answer(int status, ObjectNode body, HttpResponse<String> raw) {
        /** A member by path, such as {@code /charges/data/0/id}, as text; null if it is null or absent. */
        public @Nullable String text(String pointer) {
            JsonNode node = body.at(pointer);
            return node.isNull() || node.isMissingNode() ? null : node.asString();
        }

        public String id() {
            return body.path("id").asString();
        }

        /** The intent that an error carries. */
        public Answer intent() {
            return new Answer(status, (ObjectNode) body.at("/error/payment_intent"), raw);
        }

        /** {@code 402 card_error card_declined payment_method}. */
        public String error() {
            return status + " " + text("/error/type") + " " + text("/error/code") + " " + text("/error/param");
        }
    }

    public Answer get(String path) {
        return send("GET", path, null, SECRET);
    }

    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body, SECRET, headers);
    }

    /** One round of settling, for worlds that do not settle by themselves. */
    public void settle() {
        job("settle");
    }

    /** One round of settling of several servers at once, each with a memory of its own. */
    public void settleOnSeveral(int servers) throws InterruptedException {
        List<Features> several = IntStream.range(0, servers).mapToObj(i -> nodes.apply(routes -> RequestJournal.NONE)).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(several.stream().map(node -> Executors.callable(() -> job(node, "settle"))).toList());
        } finally {
            several.forEach(Features::close);
        }
    }

    /** What a stopping server does first. */
    public void drain() {
        features.drain();
    }

    /** One round of a job. */
    public void job(String name) {
        job(features, name);
    }

    private static void job(Features node, String name) {
        var named = node.jobs().stream().filter(job -> job.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("There is no job '" + name + "'");
        }
        named.forEach(job -> job.work().run());
    }

    /** Waits until an intent has a status, settling if nobody else does, and gives it. */
    public Answer await(String intentId, String status) {
        return Awaitility.await("intent " + intentId + " " + status).atMost(Duration.ofSeconds(25)).pollInterval(Duration.ofMillis(100))
                .until(() -> settled(() -> get("/v1/payment_intents/" + intentId)), now -> status.equals(now.text("/status")));
    }

    /** Waits until it is known what became of an intent, settling if nobody else does, and gives it. */
    public Answer awaitSettled(String intentId) {
        return Awaitility.await("intent " + intentId + " settled").atMost(Duration.ofSeconds(25)).pollInterval(Duration.ofMillis(100))
                .until(() -> settled(() -> get("/v1/payment_intents/" + intentId)), now -> !"processing".equals(now.text("/status")));
    }

    /** Waits until a refund has a status, and gives it. */
    public Answer awaitRefund(String id, String status) {
        return Awaitility.await("refund " + id + " " + status).atMost(Duration.ofSeconds(25)).pollInterval(Duration.ofMillis(100))
                .until(() -> settled(() -> get("/v1/refunds/" + id)), now -> status.equals(now.text("/status")));
    }

    /** Looks at something, after a round of settling if nobody else settles. */
    public <T> T settled(Supplier<T> look) {
        if (!settling) {
            settle();
        }
        return look.get();
    }

    /** A saved payment method, as a merchant's page makes it. */
    public String method(String number, String... more) {
        Answer made = post("/v1/payment_methods", "type=card&card[number]=" + number + "&card[exp_month]=12&card[exp_year]=2035&card[cvc]=123"
                + (more.length == 0 ? "" : "&" + String.join("&", more)));
        if (made.status() != 200) {
            throw new IllegalStateException(made.body().toString());
        }
        return made.id();
    }

    /** What happened at any provider account under our reference of a charge: {@code sale 2000}. */
    public List<String> movements(String reference) {
        return sandboxAccounts.stream()
                .flatMap(account -> sandbox.ledger(account).stream())
                .filter(entry -> entry.path("reference").asString("").equals(reference))
                .map(entry -> entry.path("kind").asString() + " " + entry.path("amount").asLong())
                .toList();
    }

    /** What happened at the provider to an intent's charges, and to their children: {@code authorization 2000}, {@code capture 2000}. */
    public List<String> movementsOf(Answer intent) {
        var references = new ArrayList<String>();
        var ids = new ArrayList<String>();
        for (JsonNode charge : get("/v1/payment_intents/" + intent.id()).body().at("/charges/data")) {
            references.add(charge.path("reference").asString());
            ids.add(charge.path("provider_reference").asString(""));
        }
        List<JsonNode> ledger = sandboxAccounts.stream().flatMap(account -> sandbox.ledger(account).stream()).toList();
        // The answer that told the id may have been lost.
        ledger.stream().filter(entry -> references.contains(entry.path("reference").asString(""))).forEach(entry -> ids.add(entry.path("provider_id").asString()));
        return ledger.stream()
                .filter(entry -> references.contains(entry.path("reference").asString("")) || ids.contains(entry.path("parent_id").asString("none")))
                .map(entry -> entry.path("kind").asString() + " " + entry.path("amount").asLong())
                .toList();
    }

    /** Takes the first provider account's credentials away, at the provider. */
    public void revokeCredentials() {
        sandbox.revoke(sandboxAccounts.getFirst());
    }

    /** How many payments the provider was asked to make. */
    public long paymentsAsked(int account) {
        return sandbox.requests(sandboxAccounts.get(account), "POST", "/v1/payments");
    }

    /** The name by which the API knows a provider account. */
    public String providerAccount(int index) {
        return "pa_" + sandboxAccounts.get(index);
    }

    /** Those of the first provider account. */
    public JsonNode credentials() {
        return credentials(0);
    }

    public JsonNode credentials(int account) {
        return credentials.get(account);
    }

    /** Somebody else who uses the first provider account too. */
    public CardinityClient foreigner() {
        JsonNode credentials = this.credentials.getFirst();
        return CardinityClient.builder()
                .baseUrl(URI.create(sandbox.cardinity() + "/v1"))
                .consumerKey(credentials.path("consumer_key").asString())
                .consumerSecret(SecretText.of(credentials.path("consumer_secret").asString()))
                .build();
    }

    public @Nullable String column(String table, String id, String column) {
        return db.database().sql("select " + column + "::text as it from " + table + " where id = :id").bind("id", id)
                .one(row -> Optional.ofNullable(row.textOrNull("it"))).orElseThrow().orElse(null);
    }

    /** A card payment in one call, with a test token. */
    public Answer pay(long amount, String token, String... more) {
        return post("/v1/payment_intents", "amount=" + amount + "&currency=eur&confirm=true&payment_method=" + token + (more.length == 0 ? "" : "&" + String.join("&", more)));
    }

    public Answer payWithKey(String key, String body) {
        return payWithKeyAt("/v1/payment_intents", key, body);
    }

    public Answer payWithKeyAt(String path, String key, String body) {
        return post(path, body, "Idempotency-Key", key);
    }

    public Answer send(String method, String path, @Nullable String body, String key, String... headers) {
        HttpResponse<String> response = raw(method, path, body, key, headers);
        return new Answer(response.statusCode(), Json.readObject(response.body()), response);
    }

    /** A file, sent as forms send files. */
    public Answer upload(String purpose, String fileName, byte[] content) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--b0undary\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose
                + "\r\n--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName + "\"\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--b0undary--\r\n".getBytes(StandardCharsets.UTF_8));
        try {
            var request = HttpRequest.newBuilder(URI.create(url() + "/v1/files"))
                    .header("Authorization", "Bearer " + SECRET)
                    .header("Content-Type", "multipart/form-data; boundary=b0undary")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), Json.readObject(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A browser's request: no key, no JSON expected. */
    public HttpResponse<String> browse(String method, String url, @Nullable String form) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method(method, form == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(form));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> raw(String method, String path, @Nullable String body, String key, String... headers) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path.replace("[", "%5B").replace("]", "%5D")))
                    .header("Authorization", "Bearer " + (path.startsWith("/api/integrations/") ? pair(key) : key))
                    .header("Content-Type", body != null && body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            conformance.check();
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Both keys where a pair is wanted: the other half is the publishable one of the same account and mode. */
    public static String pair(String key) {
        return key.startsWith("sk_") && key.indexOf(':') < 0 ? key.replaceFirst("sk_", "pk_") + ":" + key : key;
    }

    /** Of all features. */
    public Api api() {
        return features.api();
    }

    /** What holds every answer against the API's description. */
    public Conformance conformance() {
        return conformance;
    }

    public SandboxProcess sandbox() {
        return sandbox;
    }

    /** The name of a provider account's counterpart in the sandbox. */
    public String sandboxAccount(int index) {
        return sandboxAccounts.get(index);
    }

    /** What really happened at the first provider account: {@code sale 2000}, oldest first. */
    public List<String> movements() {
        return sandbox.kinds(sandboxAccounts.getFirst());
    }

    public void fault(String json) {
        sandbox.fault(sandboxAccounts.getFirst(), json);
    }

    /** The latest call by which a provider was asked for a payment; what settling asks besides is none. */
    public String latestPayment() {
        return String.valueOf(get("/v1/provider_calls?operation=pay&limit=1").text("/data/0/id"));
    }

    /** What the first provider was asked. */
    public List<JsonNode> requestsSeen() {
        return sandbox.requestsSeen(sandboxAccounts.getFirst());
    }

    /** What a metric says now. */
    public double gauge(String name, String tag, String value) {
        return metrics.get(name).tag(tag, value).gauge().value();
    }

    public Database database() {
        return database;
    }

    /** Where the database is, for commands that open it themselves. */
    public TestDatabase where() {
        return db;
    }

    /** A database door of the test's own, whatever way the server goes. */
    public Database direct() {
        return db.database();
    }

    public List<String> eventTypes(String objectId) {
        return db.database().sql("select type from event where object_id = :id order by id")
                .bind("id", objectId)
                .list(row -> row.text("type"));
    }

    public String url() {
        return "http://127.0.0.1:" + http.port();
    }

    /** Stops the server as a process does that is told to; its database can still be looked at. */
    public void stop() {
        jobs.shutdownNow();
        http.close();
        features.close();
    }

    @Override
    public void close() {
        client.close();
        stop();
        database.close();
        db.close();
        conformance.check();
    }

    private ProviderAccount providerAccount(String provider, Setup setup) {
        String name = "world-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet();
        sandboxAccounts.add(name);
        ObjectNode made = sandbox.newAccount(provider, name, setup.simulatorSettings.deepCopy());
        credentials.add(made.get("credentials"));
        ObjectNode settings = setup.providerSettings.deepCopy();
        settings.put("url", sandbox.address(provider));
        if (setup.takesEvidence) {
            settings.put("evidence_url", sandbox.address(provider) + "/simulator");
        }
        settings.put("default_country", "LT");
        settings.put("default_holder", "Test Payer");
        if (!settings.has("processing_time_max_ms")) {
            settings.put("processing_time_max_ms", 200);
        }
        return new ProviderAccount("acct_world", "pa_" + name, false, provider, name, settings,
                Secret.of(Json.write(((ObjectNode) made.get("credentials")).deepCopy()
                        .setAll(setup.providerCredentials.getOrDefault(sandboxAccounts.size() - 1, Json.object())))));
    }

    private record FixedAccounts(List<ProviderAccount> all) implements ProviderAccounts {
        @Override
        public List<ProviderAccount> ordered(String accountId, boolean livemode) {
            return accountId.equals("acct_world") && !livemode ? all : List.of();
        }

        @Override
        public List<Key> everywhere() {
            return all.stream().map(account -> new Key(account.accountId(), account.livemode(), account.id())).toList();
        }

        @Override
        public Optional<ProviderAccount> find(String accountId, boolean livemode, String id) {
            return all.stream().filter(account -> account.id().equals(id)).findFirst();
        }
    }

    private static Caller caller(Secret key, String ip) {
        return switch (key.reveal()) {
            case SECRET -> new Caller("acct_world", Mode.TEST, Caller.KeyKind.SECRET, "key_1", "sk_test_...orld", Permissions.ALL, null, null);
            case PUBLISHABLE -> new Caller("acct_world", Mode.TEST, Caller.KeyKind.PUBLISHABLE, "key_2", "pk_test_...orld", Permissions.ALL, null, null);
            case STRANGER -> new Caller("acct_stranger", Mode.TEST, Caller.KeyKind.SECRET, "key_3", "sk_test_...nger", Permissions.ALL, null, null);
            case LIVE -> new Caller("acct_world", Mode.LIVE, Caller.KeyKind.SECRET, "key_4", "sk_live_...orld", Permissions.ALL, null, null);
            case "pk_test_stranger" -> new Caller("acct_stranger", Mode.TEST, Caller.KeyKind.PUBLISHABLE, "key_5", "pk_test_...nger", Permissions.ALL, null, null);
            case "pk_live_world" -> new Caller("acct_world", Mode.LIVE, Caller.KeyKind.PUBLISHABLE, "key_6", "pk_live_...orld", Permissions.ALL, null, null);
            default -> throw new ApiException(ErrorCode.INVALID_API_KEY, null, "Invalid API key");
        };
    }

    /** Below the ports that the system gives away by itself: between this and the server's start nobody is given it. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                LOG.debug("Port {} is taken: another one", port);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
