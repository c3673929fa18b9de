package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server that is killed and started again, on the same port, with its database and its sandbox.
 *
 * <p>What takes minutes in production takes seconds here: an attempt is given up four seconds after its first commit.
 */
final class CrashWorld implements AutoCloseable {
    /** Everything that was begun is resolved within this: to be given up, asked for, and asked for again. */
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

    private static final Set<String> PAYING_OUT = Set.of("worldline-direct", "corefy");

    private static final String WINDOW_MS = "1500";
    private static final String PROCESSING_MS = "500";
    /** Below the ports that the system gives away by itself. */
    private static final int FIRST_PORT = 21_000;
    private static final int LAST_PORT = 31_000;
    private static final int TRIED = 1000;
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    private final Path data;
    private final Path checkpoints;
    private final String port = String.valueOf(freePorts(1));
    private final List<String> options;
    private final Books books;
    private final boolean paysOut;
    private Server server;
    private volatile CountDownLatch up = new CountDownLatch(0);

    private CrashWorld(Path parent, String provider, List<String> options) {
        this.data = parent.resolve("data");
        this.checkpoints = parent.resolve("checkpoints");
        this.options = options;
        this.books = new Books(data);
        this.paysOut = PAYING_OUT.contains(provider);
        try {
            Files.createDirectories(checkpoints);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server = launch();
        server.awaitReady();
        if (provider.equals("corefy")) {
            // Twelve clients in a loop ask for more than it allows: what is refused unsent leaves the kills nothing to cut.
            CorefyAccount.liftLimit(server);
            books.change("update provider_account set settings = settings || '{\"calls_per_minute\": 100000}' where provider = ?", provider);
        }
        books.change("update provider_account set settings = settings || '{\"processing_time_max_ms\": " + PROCESSING_MS + "}', enabled = provider = ?",
                provider);
        // Without a sandbox there are none.
        long connected = books.count("provider_account");
        // Connecting them, the server has remembered for some seconds how they were.
        await("the server pays with " + provider + " alone").atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100))
                .until(() -> providers().equals(connected == 0 ? List.of() : List.of(provider)));
    }

    private List<String> providers() throws IOException {
        return Http.get(url() + "/v1/payment_method_types", key()).json().at("/data/0/provider_accounts").findValuesAsString("provider");
    }

    /** With Cardinity. */
    static CrashWorld start(Path parent, String... options) {
        return new CrashWorld(parent, "cardinity", List.of(options));
    }

    /** With one provider and no other. */
    static CrashWorld with(String provider, Path parent) {
        return new CrashWorld(parent, provider, List.of());
    }

    Path data() {
        return data;
    }

    Books books() {
        return books;
    }

    /** Whether the provider sends money to cards. */
    boolean paysOut() {
        return paysOut;
    }

    Server server() {
        return server;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String key() {
        return server.variable("BEZANT_SECRET_KEY");
    }

    String sandboxUrl() {
        return server.variable("BEZANT_SANDBOX_URL");
    }

    Shell shell() {
        return new Shell()
                // It lives for seconds: compiling better costs more than it brings.
                .with("BEZANT_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
                .with("BEZANT_PAYMENTS_SEND_WINDOW_MS", WINDOW_MS)
                .with("BEZANT_PAYMENTS_PROVIDER_TIMEOUT_MS", WINDOW_MS)
                .with("BEZANT_TEST_CHECKPOINTS", checkpoints.toString());
    }

    /** SIGKILL; the database and the sandbox live on. */
    void kill() {
        up = new CountDownLatch(1);
        server.kill();
    }

    /** After {@link #kill}, or what else ended it. */
    void startAgain() {
        Server dead = server;
        server = launch();
        dead.forget();
        server.awaitReady();
        up.countDown();
    }

    /** Returns at once unless the server is down on purpose. */
    void awaitUp() {
        try {
            up.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** From now on the server stops at this place. */
    void stopAt(String place) {
        try {
            Files.writeString(checkpoints.resolve(place), "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void awaitStopped(String place) {
        await(place).atMost(Duration.ofSeconds(30)).pollInterval(AT_ONCE).until(() -> Files.exists(checkpoints.resolve(place + ".reached")));
    }

    /** What has stopped anywhere goes on, and nothing stops any more. */
    void stopNowhere() {
        try (var files = Files.list(checkpoints)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Call.Endpoint endpoint() {
        return new Call.Endpoint(url(), key());
    }

    void awaitSettled() {
        try {
            await().atMost(SETTLED_WITHIN).pollInterval(Duration.ofMillis(100)).until(() -> books.unresolved() == 0 && paidUnheard().isEmpty());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Not settled within " + SETTLED_WITHIN + ": "
                    + books.rows("select * from charge where state in ('pending', 'completing', 'reversing')")
                    + books.rows("select * from charge_operation where state = 'pending'")
                    + books.rows("select * from refund where state in ('submitting', 'pending')")
                    + books.rows("select * from payout where state = 'pending'") + paidUnheard() + "\n" + server.printed(), e);
        }
    }

    /** Challenges that a payer has passed at the provider, and of which nobody has heard here: he never came back, or nobody was there. */
    private List<Books.Row> paidUnheard() {
        List<Books.Row> waiting = books.rows("select * from charge where state = 'requires_action'");
        if (waiting.isEmpty()) {
            return waiting;
        }
        Set<String> moved = Truth.ledger(sandboxUrl()).stream().map(Truth.Movement::id).collect(Collectors.toSet());
        return waiting.stream().filter(charge -> moved.contains(charge.text("provider_id"))).toList();
    }

    /** Truth, tables and what was told agree, and the doctor finds nothing either. */
    void assertSound(Clients clients) {
        assertThat(new Audit(books, Truth.ledger(sandboxUrl()), clients.calls()).findings()).isEmpty();
        Shell.Result doctor = new Shell().run("doctor", "--data", data.toString());
        assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isZero();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private Server launch() {
        var all = new ArrayList<>(options);
        all.addAll(List.of("--port", port));
        return Server.launch(shell(), data, all.toArray(String[]::new));
    }

    /** @return the first of so many free ones in a row */
    static int freePorts(int count) {
        // From anywhere, so that tests of two builds do not take each other's while a server is down.
        int from = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT - TRIED);
        for (int first = from; first < from + TRIED; first += count) {
            int start = first;
            if (IntStream.range(start, start + count).allMatch(CrashWorld::free)) {
                return start;
            }
        }
        throw new AssertionError("No " + count + " free ports in a row from " + from);
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
