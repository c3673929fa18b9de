package dev.bezant.server.ops;

import dev.bezant.server.http.Suggestion;
import dev.bezant.server.ops.Settings.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings: the command line wins over the environment, that over the file, that over the standard values. All mistakes are
 * told at once.
 *
 * <p>The file has one {@code key = value} per line; lines that begin with {@code #} are comments. Values are taken as they are:
 * no quotes, no escapes, no continued lines.
 */
final class SettingsReader {
    private static final String FILE_REFERENCE = "file:";

    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, Given> fromFile = new HashMap<>();

    private SettingsReader() {}

    /**
     * @param commandLine by key
     * @param file null if there is none
     * @throws CommandException with every mistake
     */
    static Settings read(Map<String, Given> commandLine, Map<String, String> environment, @Nullable Path file) {
        var reader = new SettingsReader();
        if (file != null) {
            reader.readFile(file);
        }
        var values = new LinkedHashMap<Setting<?>, Given>();
        for (Setting<?> setting : Settings.ALL) {
            Given given = reader.given(setting, commandLine, environment);
            values.put(setting, setting.secret() ? reader.resolved(setting, given) : given);
            reader.check(setting, given);
        }
        if (!reader.mistakes.isEmpty()) {
            throw new CommandException(ExitCode.SETTINGS, "The settings have " + reader.mistakes.size()
                    + (reader.mistakes.size() == 1 ? " mistake" : " mistakes") + ":\n  " + String.join("\n  ", reader.mistakes));
        }
        return new Settings(values);
    }

    private Given given(Setting<?> setting, Map<String, Given> commandLine, Map<String, String> environment) {
        String fromEnvironment = environment.get(setting.environmentName());
        return Optional.ofNullable(commandLine.get(setting.key()))
                .or(() -> Optional.ofNullable(fromEnvironment)
                        .map(text -> new Given(text.strip(), "environment " + setting.environmentName())))
                .or(() -> Optional.ofNullable(fromFile.get(setting.key())))
                .orElse(new Given(setting.standard(), "standard"));
    }

    private void check(Setting<?> setting, Given given) {
        if (setting.parse().apply(given.text()).isEmpty()) {
            mistakes.add(setting.key() + " is '" + Settings.masked(setting, given.text()) + "', expected " + setting.expected()
                    + " (" + given.source() + ")");
        }
    }

    private Given resolved(Setting<?> setting, Given given) {
        if (!given.text().startsWith(FILE_REFERENCE)) {
            return given;
        }
        String path = given.text().substring(FILE_REFERENCE.length());
        try {
            return new Given(Files.readString(Path.of(path)).strip(), given.source() + ", file " + path);
        } catch (IOException | IllegalArgumentException e) {
            mistakes.add(setting.key() + " refers to the file '" + path + "', which cannot be read, expected a text file of this user ("
                    + given.source() + ")");
            return given;
        }
    }

    private void readFile(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            mistakes.add("The settings file " + file + " cannot be read: " + reason(e));
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                readLine(line, file.getFileName() + ":" + (i + 1));
            }
        }
    }

    private void readLine(String line, String source) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            // Not repeated: it may be half a secret.
            mistakes.add("A line is not understood, expected key = value (" + source + ")");
            return;
        }
        String key = line.substring(0, equals).strip();
        List<String> known = Settings.ALL.stream().map(Setting::key).toList();
        if (!known.contains(key)) {
            mistakes.add(key + " is not a setting" + Suggestion.of(key, known).map(near -> ", did you mean " + near + "?").orElse("")
                    + " (" + source + ")");
            return;
        }
        Given former = fromFile.put(key, new Given(line.substring(equals + 1).strip(), source));
        if (former != null) {
            mistakes.add(key + " is set twice, expected once (" + former.source() + " and " + source + ")");
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "it does not exist" : String.valueOf(e.getMessage());
    }
}
