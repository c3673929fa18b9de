package dev.bezant.server.ops;

import dev.bezant.server.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that speak to a running server through its API, wherever it runs. */
final class Remote {
    private static final String URL = "BEZANT_URL";

    @Option(names = "--url", paramLabel = "URL", description = "Where the server is (standard: BEZANT_URL, else as DATA/quickstart.env says).")
    private @Nullable String url;

    @Option(names = "--key", paramLabel = "KEY",
            description = "A secret or restricted API key (standard: BEZANT_SECRET_KEY, else as DATA/quickstart.env says).")
    private @Nullable String key;

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:BEZANT_DATA:-bezant-data}",
            description = "The data directory, for its quickstart.env (standard: ./bezant-data).")
    private Path data = Path.of("bezant-data");

    /** @throws CommandException if it is not said where the server is, or with which key */
    RemoteApi api() {
        Map<String, String> written = quickstart();
        return new RemoteApi(found(url, URL, written).replaceAll("/+$", ""), Secret.of(found(key, Quickstart.SECRET_KEY, written)));
    }

    private String found(@Nullable String option, String variable, Map<String, String> written) {
        return Stream.of(Optional.ofNullable(option), Optional.ofNullable(System.getenv(variable)), Optional.ofNullable(written.get(variable)))
                .flatMap(Optional::stream)
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, "Which server, with which key? Give --url and --key, or set " + URL + " and "
                        + Quickstart.SECRET_KEY + ", or name with --data the directory of a server on this machine: there is no " + variable + " in "
                        + data.resolve(Quickstart.FILE)));
    }

    private Map<String, String> quickstart() {
        try {
            return ShellVariables.read(Files.readString(data.resolve(Quickstart.FILE)));
        } catch (IOException e) {
            return Map.of();
        }
    }
}
