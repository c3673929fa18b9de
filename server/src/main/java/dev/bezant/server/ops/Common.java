package dev.bezant.server.ops;

import dev.bezant.server.ops.Settings.Given;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class Common {
    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:BEZANT_DATA:-bezant-data}",
            description = "The data directory (standard: ./bezant-data).")
    Path data = Path.of("bezant-data");

    @Option(names = "--config", paramLabel = "FILE", defaultValue = "${env:BEZANT_CONFIG}",
            description = "The settings (standard: bezant.properties beside the data directory, if there).")
    @Nullable Path config;

    @Option(names = "--database", paramLabel = "JDBC_URL", description = "A PostgreSQL of yours instead of the embedded one.")
    @Nullable String database;

    @Option(names = "--database-user", paramLabel = "NAME", description = "Its user, unless the URL names it.")
    @Nullable String databaseUser;

    @Option(names = "--database-password-file", paramLabel = "FILE", description = "A file that holds the user's password.")
    @Nullable String databasePasswordFile;

    /** @throws CommandException with all mistakes at once */
    Settings settings(Map<String, Given> more) {
        var given = new HashMap<>(more);
        put(given, Settings.DATABASE_URL, database, "--database");
        put(given, Settings.DATABASE_USER, databaseUser, "--database-user");
        put(given, Settings.DATABASE_PASSWORD, databasePasswordFile == null ? null : "file:" + databasePasswordFile, "--database-password-file");
        return SettingsReader.read(given, System.getenv(), file());
    }

    static void put(Map<String, Given> given, Setting<?> setting, @Nullable String text, String option) {
        if (text != null) {
            given.put(setting.key(), new Given(text, option));
        }
    }

    /** One that was named must be there; the standard one may be absent. */
    private @Nullable Path file() {
        if (config != null) {
            return config;
        }
        Path standard = data.toAbsolutePath().normalize().resolveSibling("bezant.properties");
        return Files.exists(standard) ? standard : null;
    }
}
