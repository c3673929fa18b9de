package dev.bezant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The command as a process of its own. */
class MainTest {
    private static final String READY = "BEZANT_SANDBOX_READY ";

    @TempDir
    private Path data;

    private static Process run(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseSerialGC", "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), "dev.bezant.sandbox.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static JsonNode ready(BufferedReader out) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return Exchange.parse(line.substring(READY.length()));
            }
        }
        throw new AssertionError("the sandbox ended before it was ready");
    }

    private static BufferedReader output(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    @Test
    void it_says_where_everything_is_and_stops_on_a_signal() throws IOException, InterruptedException {
        var process = run("--port", "0", "--instance", "inst-7");
        var ready = ready(output(process));
        assertThat(ready.propertyNames()).containsExactly("control", "cardinity", "worldline-direct", "worldline-acquiring", "corefy",
                "instance");
        assertThat(ready.path("instance").asString()).isEqualTo("inst-7");
        var health = new Control(URI.create(ready.path("control").asString())).get("health");
        assertThat(health.at("/providers/cardinity")).isEqualTo(ready.path("cardinity").asString());
        assertThat(health.at("/providers/worldline-acquiring")).isEqualTo(ready.path("worldline-acquiring").asString());
        assertThat(health.at("/providers/corefy")).isEqualTo(ready.path("corefy").asString());
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void it_can_be_shut_down_through_the_control_api() throws IOException, InterruptedException {
        var process = run("--port", "0");
        new Control(URI.create(ready(output(process)).path("control").asString())).post("shutdown", "");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void nothing_that_was_answered_is_lost_when_it_is_killed() throws IOException, InterruptedException {
        var ids = new ArrayList<String>();
        var process = run("--port", "0", "--data", data.toString());
        var control = new Control(URI.create(ready(output(process)).path("control").asString()));
        var merchant = control.standard();
        var direct = control.directStandard();
        for (int i = 0; i < 20; i++) {
            ids.add(merchant.paid(new PaymentBody()));
            ids.add(direct.paid(new DirectBody()));
        }
        process.destroyForcibly().waitFor();
        var again = run("--port", "0", "--data", data.toString());
        var ledger = new Control(URI.create(ready(output(again)).path("control").asString())).ledger("");
        assertThat(ledger.stream().map(entry -> entry.path("provider_id").asString())).containsExactlyElementsOf(ids);
        again.destroyForcibly().waitFor();
    }

    @Test
    void a_port_in_use_is_named_in_one_clear_message() throws IOException, InterruptedException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var process = run("--port", Integer.toString(taken.getLocalPort()));
            assertThat(output(process).lines().toList()).singleElement().asString()
                    .contains("Port " + taken.getLocalPort()).contains("--port");
            assertThat(process.waitFor()).isNotZero();
        }
    }

    @Test
    void help_names_every_option_and_a_wrong_one_is_refused() throws IOException, InterruptedException {
        var help = run("--help");
        assertThat(String.join("\n", output(help).lines().toList())).contains("--port", "--data", "--instance", "BEZANT_SANDBOX_READY");
        assertThat(help.waitFor()).isZero();
        var wrong = run("--prot", "1");
        assertThat(String.join("\n", output(wrong).lines().toList())).contains("--prot");
        assertThat(wrong.waitFor()).isNotZero();
    }
}
