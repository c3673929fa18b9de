package dev.bezant.server.ops;

import dev.bezant.server.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running server a command talks to, as any client of the API does: options, the environment, or what {@code serve} left. */
final class ServerAccess {
    private static final String URL = "BEZANT_URL";
    private static final String SECRET_KEY = "BEZANT_SECRET_KEY";

    @Option(names = "--url", paramLabel = "URL", defaultValue = "${env:BEZANT_URL}",
            description = "Where the server is (standard: BEZANT_URL, else from DATA/quickstart.env).")
    @Nullable String url;

    @Option(names = "--secret-key", paramLabel = "KEY", defaultValue = "${env:BEZANT_SECRET_KEY}",
            description = "A secret key of the account (standard: BEZANT_SECRET_KEY, else from DATA/quickstart.env). Other users of this machine may"
                    + " see what is given here.")
    @Nullable String secretKey;

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:BEZANT_DATA:-bezant-data}",
            description = "The data directory of a server on this machine (standard: ./bezant-data).")
    Path data = Path.of("bezant-data");

    /** @param url an origin such as {@code http://127.0.0.1:8080} */
    record Login(String url, Secret key) {}

    /** Read anew with every call: a server that was started again may have another port. */
    Login login() {
        Map<String, String> left = url == null || secretKey == null ? quickstart() : Map.of();
        String where = Optional.ofNullable(url).orElse(left.get(URL));
        String key = Optional.ofNullable(secretKey).orElse(left.get(SECRET_KEY));
        if (where == null || key == null) {
            throw new CommandException(ExitCode.USAGE, "Which server, and with which key? Set BEZANT_URL and BEZANT_SECRET_KEY, give --url and --secret-key,"
                    + " or name with --data the directory of a server on this machine: there is no " + data.resolve(Quickstart.FILE));
        }
        if (!Setting.isOrigin(where)) {
            throw new CommandException(ExitCode.USAGE, "The server's address is '" + where + "', expected an origin such as http://127.0.0.1:8080");
        }
        return new Login(where, Secret.of(key));
    }

    private Map<String, String> quickstart() {
        Path file = data.resolve(Quickstart.FILE);
        try {
            return Files.exists(file) ? ShellVariables.read(Files.readString(file)) : Map.of();
        } catch (IOException e) {
            throw new CommandException(ExitCode.DATA_DIRECTORY, "Cannot read " + file + ": " + e);
        }
    }
}
