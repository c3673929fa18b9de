package dev.bezant.sandbox;

import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code sandbox} command. */
@Command(name = "sandbox", mixinStandardHelpOptions = true, version = "bezant-sandbox 0.1", sortOptions = false, description = {
    "Runs simulated payment providers on this machine's loopback address.", "",
    "The control API (faults, clock, truth ledger, requests seen, accounts) answers on --port,",
    "each provider at its own distance behind it: cardinity + 1, worldline-direct + 2,",
    "worldline-acquiring + 3, corefy + 4.",
    "Prints a line BEZANT_SANDBOX_READY {json} when everything answers; stops on Ctrl-C or SIGTERM."
}, footer = {"", "Guide: docs/guide/sandbox.md"})
public final class Main implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8090",
            description = "Port of the control API (default: ${DEFAULT-VALUE}); 0 takes free ports for it and every provider.")
    private int port;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Keep accounts, payments and the ledger in this directory; without it they end with the process.")
    private @Nullable Path data;

    @Option(names = "--instance", paramLabel = "ID",
            description = "What GET /control/health tells as this sandbox's identity; made once and kept in --data if not given.")
    private @Nullable String instance;

    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        var command = commandLine();
        if (port < 0 || port > 65_000) {
            throw new ParameterException(command, "--port is " + port + ", expected 0 or 1 to 65000");
        }
        Sandbox sandbox;
        try {
            sandbox = Sandbox.start(new Sandbox.Options(port, data, instance), Clock.systemUTC());
        } catch (SandboxException e) {
            command.getErr().println(e.getMessage());
            command.getErr().flush();
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "stop"));
        announce(sandbox, command.getOut());
        sandbox.awaitClosed();
        return 0;
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls");
        }
        return spec.commandLine();
    }

    private void announce(Sandbox sandbox, PrintWriter out) {
        var ready = Json.object().put("control", sandbox.controlUri().toString());
        out.println("Sandbox control API  " + sandbox.controlUri() + "/control/health");
        sandbox.providerUris().forEach((name, uri) -> {
            ready.put(name, uri.toString());
            out.printf("%-20s %s%n", name, uri);
        });
        ready.put("instance", sandbox.instance());
        out.println(data == null ? "Everything is kept in memory only; --data DIR keeps it" : "Truth is kept in " + data.toAbsolutePath());
        out.println("BEZANT_SANDBOX_READY " + new String(Json.bytes(ready), StandardCharsets.UTF_8));
        out.flush();
    }
}
