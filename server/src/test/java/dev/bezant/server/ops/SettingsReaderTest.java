package dev.bezant.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bezant.server.ops.Settings.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    private Path directory;

    @Test
    void without_anything_the_standard_values_hold() {
        Settings settings = SettingsReader.read(Map.of(), Map.of(), null);
        assertThat(settings.get(Settings.PORT)).isEqualTo(8080);
        assertThat(settings.get(Settings.HOST)).isEqualTo("127.0.0.1");
        assertThat(settings.get(Settings.SANDBOX_ENABLED)).isTrue();
        assertThat(settings.secret(Settings.DATABASE_PASSWORD)).isNull();
    }

    @Test
    void every_standard_value_is_valid() {
        assertThat(Settings.ALL).allSatisfy(setting -> assertThat(setting.parse().apply(setting.standard())).isPresent());
    }

    @Test
    void the_command_line_wins_over_the_environment_and_that_over_the_file() throws IOException {
        Path file = file("server.port = 1", "server.host = 0.0.0.1", "database.connections = 5");
        Settings settings = SettingsReader.read(Map.of("server.port", new Given("3", "--port")),
                Map.of("BEZANT_SERVER_PORT", "2", "BEZANT_SERVER_HOST", "0.0.0.2"), file);
        assertThat(settings.get(Settings.PORT)).isEqualTo(3);
        assertThat(settings.get(Settings.HOST)).isEqualTo("0.0.0.2");
        assertThat(settings.get(Settings.DATABASE_CONNECTIONS)).isEqualTo(5);
    }

    @Test
    void all_mistakes_are_told_at_once_with_place_value_and_expectation() throws IOException {
        Path file = file("# comment", "server.port = 99999", "sevrer.host = x", "log.format: json", "log.level = loud", "log.level = info");
        CommandException failure = failure(Map.of("database.url", new Given("mysql:x", "--database")),
                Map.of("BEZANT_SANDBOX_ENABLED", "yes"), file);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.SETTINGS);
        assertThat(failure.getMessage()).startsWith("The settings have 6 mistakes:")
                .contains("server.port is '99999', expected a whole number from 0 to 65535 (bezant.properties:2)")
                .contains("sevrer.host is not a setting, did you mean server.host? (bezant.properties:3)")
                .contains("A line is not understood, expected key = value (bezant.properties:4)")
                .contains("log.level is set twice, expected once (bezant.properties:5 and bezant.properties:6)")
                .contains("database.url is 'mysql:x', expected a JDBC URL such as")
                .contains("sandbox.enabled is 'yes', expected true or false (environment BEZANT_SANDBOX_ENABLED)");
    }

    @Test
    void a_secret_can_be_a_reference_to_a_file() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "hidden\n");
        Settings settings = SettingsReader.read(Map.of(), Map.of(), file("database.password = file:" + password));
        assertThat(settings.secret(Settings.DATABASE_PASSWORD)).isNotNull().extracting(it -> it.reveal()).isEqualTo("hidden");
    }

    @Test
    void a_reference_to_nothing_is_told_by_its_path() throws IOException {
        assertThat(failure(Map.of(), Map.of(), file("database.password = file:/nowhere/password")))
                .hasMessageContaining("/nowhere/password").hasMessageContaining("bezant.properties:1");
    }

    @Test
    void a_named_file_that_is_absent_is_a_mistake() {
        assertThat(failure(Map.of(), Map.of(), directory.resolve("absent.properties"))).hasMessageContaining("it does not exist");
    }

    @Test
    void shown_settings_have_their_sources_and_no_secrets() throws IOException {
        Settings settings = SettingsReader.read(Map.of(), Map.of("BEZANT_SERVER_PORT", "81"), file("database.password = hidden",
                "database.url = jdbc:postgresql://db/bezant?user=me&password=hidden&ssl=true"));
        assertThat(settings.lines())
                .contains("server.port = 81  # environment BEZANT_SERVER_PORT")
                .contains("database.password = ***  # bezant.properties:1")
                .contains("database.url = jdbc:postgresql://db/bezant?user=me&password=***&ssl=true  # bezant.properties:2");
        assertThat(settings.toString()).doesNotContain("hidden");
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(directory.resolve("bezant.properties"), String.join("\n", lines));
    }

    private static CommandException failure(Map<String, Given> commandLine, Map<String, String> environment, @Nullable Path file) {
        return catchThrowableOfType(CommandException.class, () -> SettingsReader.read(commandLine, environment, file));
    }
}
