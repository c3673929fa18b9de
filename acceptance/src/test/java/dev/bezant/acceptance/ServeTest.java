package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
    @TempDir
    private Path parent;

    @Test
    void a_first_start_makes_an_account_whose_keys_work() throws IOException {
        try (Server server = Server.start(data())) {
            assertThat(server.quickstart()).containsKeys("BEZANT_URL", "BEZANT_SECRET_KEY", "BEZANT_PUBLISHABLE_KEY",
                    "BEZANT_SANDBOX_URL", "BEZANT_SANDBOX_CARDINITY_URL");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve("quickstart.env")))).isEqualTo("rw-------");
            assertThat(server.status("/health/ready", "none")).isEqualTo(200);
            assertThat(server.status("/v1/charges", server.variable("BEZANT_SECRET_KEY"))).isNotEqualTo(401);
            assertThat(server.status("/v1/charges", "sk_test_guess")).isEqualTo(401);
            assertThat(server.printed()).doesNotContain(server.variable("BEZANT_SECRET_KEY")).contains("curl");
        }
    }

    @Test
    void sigterm_stops_everything_with_exit_code_0_and_the_next_start_continues() throws IOException {
        Map<String, String> first;
        try (Server server = Server.start(data())) {
            first = server.quickstart();
            assertThat(server.terminate()).isZero();
            await().until(() -> Server.processes(data()).isEmpty());
        }
        try (Server server = Server.start(data())) {
            assertThat(server.variable("BEZANT_SECRET_KEY")).isEqualTo(first.get("BEZANT_SECRET_KEY"));
            assertThat(server.status("/v1/charges", server.variable("BEZANT_SECRET_KEY"))).isNotEqualTo(401);
        }
    }

    @Test
    void after_a_kill_the_next_start_adopts_the_database_and_the_sandbox() throws IOException {
        try (Server killed = Server.start(data())) {
            String postmaster = postmaster();
            String sandbox = Files.readString(data().resolve("sandbox.json"));
            String sandboxUrl = killed.variable("BEZANT_SANDBOX_URL");
            killed.kill();
            try (Server adopter = Server.start(data())) {
                assertThat(postmaster()).isEqualTo(postmaster);
                assertThat(Files.readString(data().resolve("sandbox.json"))).isEqualTo(sandbox);
                assertThat(adopter.variable("BEZANT_SANDBOX_URL")).isEqualTo(sandboxUrl);
                assertThat(adopter.terminate()).isZero();
                await().until(() -> Server.processes(data()).isEmpty());
            }
        }
    }

    @Test
    void a_directory_in_use_is_refused_by_name_and_its_server_goes_on() throws IOException {
        try (Server server = Server.start(data(), "--no-sandbox");
                Server second = Server.launch(data(), "--no-sandbox")) {
            assertThat(second.awaitEnd()).isEqualTo(4);
            assertThat(second.printed()).contains(data().toString()).contains("in use");
            assertThat(server.status("/health/ready", "none")).isEqualTo(200);
        }
    }

    @Test
    void a_taken_port_is_told_before_anything_is_started() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Server server = Server.launch(data(), "--port", String.valueOf(taken.getLocalPort()))) {
            assertThat(server.awaitEnd()).isEqualTo(5);
            assertThat(server.printed()).contains("127.0.0.1:" + taken.getLocalPort()).contains("--port");
            assertThat(data().resolve("postgres")).doesNotExist();
        }
    }

    @Test
    void a_stranger_on_the_sandbox_port_is_refused() throws IOException {
        try (var stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Server server = Server.launch(data(), "--sandbox-port", String.valueOf(stranger.getLocalPort()))) {
            assertThat(server.awaitEnd()).isEqualTo(7);
            assertThat(server.printed()).contains("Port " + stranger.getLocalPort()).contains("--sandbox-port");
        }
    }

    @Test
    void commands_use_the_running_database_or_start_it_for_the_moment() throws IOException {
        try (Server server = Server.start(data(), "--no-sandbox")) {
            assertThat(command("accounts", "create", "Shop").exitCode()).isZero();
            String key = command("keys", "create", "Shop").out().strip();
            assertThat(server.status("/v1/charges", key)).isNotEqualTo(401);
            assertThat(server.terminate()).isZero();
        }
        assertThat(command("accounts", "list").out()).contains("Shop", "quickstart");
        assertThat(command("doctor").exitCode()).isZero();
        assertThat(Server.processes(data())).isEmpty();
    }

    @Test
    void wrong_settings_are_told_all_at_once_and_nothing_is_started() throws IOException {
        Files.writeString(parent.resolve("bezant.properties"), "server.prot = 1\nlog.level = loud\n");
        Shell.Result result = new Shell().with("BEZANT_SANDBOX_ENABLED", "maybe").run("serve", "--data", data().toString());
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("3 mistakes", "bezant.properties:1", "bezant.properties:2", "BEZANT_SANDBOX_ENABLED");
        assertThat(data()).doesNotExist();
    }

    @Test
    void print_config_shows_sources_and_masks_secrets() throws IOException {
        Path password = Files.writeString(parent.resolve("password"), "hidden");
        Shell.Result result = new Shell().run("serve", "--print-config", "--port", "81", "--data", data().toString(),
                "--database-password-file", password.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("server.port = 81  # --port", "database.password = ***").doesNotContain("hidden");
    }

    private Shell.Result command(String... command) {
        var all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--data", data().toString()));
        return new Shell().run(all.toArray(String[]::new));
    }

    private String postmaster() throws IOException {
        return Files.readAllLines(data().resolve("postgres/cluster/postmaster.pid")).getFirst();
    }

    private Path data() {
        return parent.resolve("data");
    }
}
