package dev.bezant.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    private static Path root;

    private Path data = Path.of("");

    /** Unpacking takes most of a first start; once is enough for all tests here. */
    @BeforeEach
    void unpacked_once() throws IOException {
        PostgresBinaries.in(root);
        String version = PostgresBinaries.version();
        data = Files.createTempDirectory(root, "data");
        Files.createDirectories(data.resolve("postgres"));
        Files.createSymbolicLink(data.resolve("postgres").resolve(version), root.resolve(version));
    }

    @AfterEach
    void leave_no_server_behind() {
        if (EmbeddedPostgres.running(data.resolve("postgres"), 1).isPresent()) {
            start().stop();
        }
    }

    @Test
    void data_survives_a_stop_and_a_start() {
        try (EmbeddedPostgres server = start()) {
            write(server, "kept");
        }
        try (EmbeddedPostgres server = start()) {
            assertThat(server.adopted()).isFalse();
            assertThat(read(server)).containsExactly("kept");
        }
    }

    @Test
    void a_stopped_server_is_gone() {
        EmbeddedPostgres server = start();
        server.stop();
        await().until(() -> ProcessHandle.of(server.pid()).isEmpty());
        assertThat(EmbeddedPostgres.running(data.resolve("postgres"), 1)).isEmpty();
    }

    @Test
    void a_server_that_outlived_its_starter_is_adopted() {
        EmbeddedPostgres orphan = start();
        write(orphan, "kept");
        try (EmbeddedPostgres adopter = start()) {
            assertThat(adopter.adopted()).isTrue();
            assertThat(adopter.pid()).isEqualTo(orphan.pid());
            assertThat(read(adopter)).containsExactly("kept");
        }
    }

    @Test
    void a_server_that_refuses_our_password_is_replaced() {
        EmbeddedPostgres orphan = start();
        write(orphan, "kept");
        try (Database database = Database.open(orphan.settings(1))) {
            database.sql("alter user bezant password 'of somebody else'").update();
        }
        assertThat(EmbeddedPostgres.running(data.resolve("postgres"), 1)).isEmpty();
        EmbeddedPostgres successor = start();
        assertThat(successor.adopted()).isFalse();
        assertThat(successor.pid()).isNotEqualTo(orphan.pid());
        await().until(() -> ProcessHandle.of(orphan.pid()).isEmpty());
        successor.stop();
    }

    @Test
    void what_a_killed_server_left_is_recovered_even_if_its_process_id_is_somebody_elses() throws IOException {
        EmbeddedPostgres killed = start();
        write(killed, "kept");
        ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
        await().until(() -> ProcessHandle.of(killed.pid()).filter(ProcessHandle::isAlive).isEmpty());
        Path file = data.resolve("postgres/cluster/postmaster.pid");
        List<String> lines = Files.readAllLines(file);
        lines.set(0, String.valueOf(ProcessHandle.current().pid()));
        Files.write(file, lines);
        try (EmbeddedPostgres successor = start()) {
            assertThat(read(successor)).containsExactly("kept");
        }
    }

    @Test
    void it_runs_in_utc_and_utf8_with_full_durability_and_on_loopback_alone() {
        try (EmbeddedPostgres server = start();
                Database database = Database.open(server.settings(1))) {
            assertThat(setting(database, "fsync")).isEqualTo("on");
            assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(database, "log_timezone")).isEqualTo("UTC");
            assertThat(setting(database, "server_encoding")).isEqualTo("UTF8");
            assertThat(setting(database, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(database, "unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void nobody_enters_without_the_password() {
        try (EmbeddedPostgres server = start()) {
            var stranger = new Database.Settings(server.url(), server.user(), "guess", 1);
            assertThatThrownBy(() -> Database.open(stranger)).isInstanceOf(DatabaseException.class).hasMessageContaining("password");
        }
    }

    @Test
    void its_files_are_closed_to_others() throws IOException {
        try (EmbeddedPostgres _ = start()) {
            assertThat(permissions("postgres")).isEqualTo("rwx------");
            assertThat(permissions("postgres/password")).isEqualTo("rw-------");
            assertThat(permissions("postgres/cluster")).isEqualTo("rwx------");
            assertThat(permissions("logs/postgres.log")).isEqualTo("rw-------");
        }
    }

    @Test
    void data_of_another_major_version_is_refused_with_both_versions_named() throws IOException {
        start().stop();
        Files.writeString(data.resolve("postgres/cluster/PG_VERSION"), "15\n");
        assertThatThrownBy(this::start).hasMessageContaining("PostgreSQL 15").hasMessageContaining("18.");
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(EmbeddedPostgres.Options.under(data));
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(path)));
    }

    private static String setting(Database database, String name) {
        return database.sql("select current_setting(:name) as value").bind("name", name).one(row -> row.text("value")).orElseThrow();
    }

    private static void write(EmbeddedPostgres server, String word) {
        try (Database database = Database.open(server.settings(1))) {
            database.sql("create table word (word text)").update();
            database.sql("insert into word values (:word)").bind("word", word).update();
        }
    }

    private static List<String> read(EmbeddedPostgres server) {
        try (Database database = Database.open(server.settings(1))) {
            return database.sql("select word from word").list(row -> row.text("word"));
        }
    }
}
