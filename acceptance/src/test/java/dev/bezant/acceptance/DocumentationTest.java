package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Does what the documentation says, as a reader would: the shell blocks of a page that call curl, in order, in one shell; and holds
 * the page to its word.
 *
 * <p>What a page promises stands in the paragraph after a block: {@code HTTP 402} in its first sentence is the status of the last
 * answer (every other one must succeed), and a code span such as {@code "status":"succeeded"} must be in what the block prints.
 */
class DocumentationTest {
    private static final Pattern BLOCK = Pattern.compile("(?m)^```sh\\n(.*?)^```\\n\\n?(.*?)(?:\\n\\n|\\z)", Pattern.DOTALL);
    private static final Pattern PROMISE = Pattern.compile("`(\"[a-z_]+\":[^`]*)`");
    private static final Pattern REFUSAL = Pattern.compile("HTTP (4[0-9]{2})");
    private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/[0-9.]+ ([0-9]{3})");
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private static Path parent;

    private static Server server;

    /** @param after the paragraph behind the block */
    private record Block(String script, String after) {
        /** The status that the last answer must have; 0 = any that is no failure. */
        int refusal() {
            String firstSentence = after.split("\\.\\s+(?=[A-Z])", 2)[0];
            var matcher = REFUSAL.matcher(firstSentence);
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        }

        List<String> promises() {
            return PROMISE.matcher(after).results().map(it -> it.group(1)).toList();
        }
    }

    @BeforeAll
    static void a_fresh_server() {
        server = Server.start(parent.resolve("data"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_does_what_it_says(Path page) throws IOException {
        List<Block> blocks = blocks(page);
        Path directory = Files.createTempDirectory(parent, "page");
        assertThat(run(script(blocks), directory)).as("exit code; standard error: %s", Files.readString(directory.resolve("err"))).isZero();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            String printed = Files.readString(directory.resolve(i + ".out"));
            List<Integer> statuses = STATUS.matcher(Files.readString(directory.resolve(i + ".heads"))).results()
                    .map(it -> Integer.valueOf(it.group(1))).toList();
            int successes = block.refusal() == 0 ? statuses.size() : statuses.size() - 1;
            assertThat(statuses.subList(0, successes)).as(block.script() + printed).allMatch(status -> status < 400);
            assertThat(statuses).as("answers").isNotEmpty();
            if (block.refusal() != 0) {
                assertThat(statuses.getLast()).as(block.script() + printed).isEqualTo(block.refusal());
            }
            assertThat(block.promises()).as("%s printed %s", block.script(), printed).allMatch(printed::contains);
        }
    }

    @Test
    void the_line_that_serve_prints_makes_one_payment() throws IOException {
        Path data = parent.resolve("first");
        try (Server fresh = Server.start(data)) {
            String line = fresh.printed().lines().filter(it -> it.contains("curl")).findFirst().orElseThrow().strip();
            Path directory = Files.createTempDirectory(parent, "line");
            assertThat(run("{ " + line + "; } > \"$OUT/0.out\"", directory)).isZero();
            var payment = Merchant.JSON.readTree(Files.readString(directory.resolve("0.out")));
            assertThat(payment.path("status").asString()).isEqualTo("succeeded");
            var ledger = Merchant.ofSandbox(fresh).get("/control/ledger").json().path("data");
            assertThat(ledger.size()).as(ledger.toString()).isEqualTo(1);
            assertThat(ledger.at("/0/kind").asString()).isEqualTo("sale");
            assertThat(ledger.at("/0/amount").asLong()).isEqualTo(1999);
            assertThat(ledger.at("/0/reference")).isEqualTo(payment.at("/charges/data/0/reference"));
        }
    }

    static Stream<Path> pages() throws IOException {
        var pages = new ArrayList<>(List.of(Shell.HOME.resolve("README.md")));
        try (Stream<Path> guide = Files.list(Shell.HOME.resolve("docs/guide"))) {
            guide.filter(it -> it.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        var runnable = new ArrayList<Path>();
        for (Path page : pages) {
            if (!blocks(page).isEmpty()) {
                runnable.add(page);
            }
        }
        assertThat(runnable).as("pages with something to run").contains(pages.getFirst()).hasSizeGreaterThan(3);
        return runnable.stream();
    }

    /** Only what calls curl: the rest starts, stops and installs things. */
    private static List<Block> blocks(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).results().map(it -> new Block(it.group(1), it.group(2)))
                .filter(block -> block.script().contains("curl ")).toList();
    }

    /** Braces keep variables and functions from block to block. The status of every answer is noted aside. */
    private static String script(List<Block> blocks) {
        var script = new StringBuilder("""
                curl() {
                    command curl -D "$OUT/head" "$@"
                    cat "$OUT/head" >> "$OUT/$BLOCK.heads"
                }
                """);
        for (int i = 0; i < blocks.size(); i++) {
            script.append("BLOCK=").append(i).append("\n{\n").append(blocks.get(i).script()).append("\n} > \"$OUT/").append(i).append(".out\"\n");
        }
        return script.toString();
    }

    private static int run(String script, Path directory) throws IOException {
        var builder = new ProcessBuilder("sh", "-eu", "-c", script).directory(directory.toFile())
                .redirectError(directory.resolve("err").toFile()).redirectOutput(directory.resolve("out").toFile());
        builder.environment().putAll(server.quickstart());
        builder.environment().put("OUT", directory.toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Did not end: " + script);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return process.exitValue();
    }
}
