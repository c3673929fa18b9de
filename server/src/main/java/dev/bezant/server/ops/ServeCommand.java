package dev.bezant.server.ops;

import dev.bezant.server.ops.Settings.Given;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}. */
@Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Runs the platform: the API and its pages on one port, the database and the simulated providers beside it.", "",
    "The first start makes an account with test keys and writes them to DATA/quickstart.env.",
    "Ctrl-C or SIGTERM lets running requests end, then stops everything; exit code 0.",
    "Every setting can be given in the file --config, and in the environment as BEZANT_<KEY>."
})
final class ServeCommand implements Callable<Integer> {
    private final Composition.Factory factory;

    @Mixin
    private Common common = new Common();

    @Option(names = "--port", paramLabel = "PORT", description = "The port of the API (standard: 8080; 0 = a free one).")
    private @Nullable String port;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on (standard: 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--no-sandbox", description = "Do not start the simulated providers.")
    private boolean noSandbox;

    @Option(names = "--sandbox-port", paramLabel = "PORT",
            description = "The port of the sandbox's control API, the providers follow (standard: 8090 beside port 8080, else free ports; 0 = free ports).")
    private @Nullable String sandboxPort;

    @Option(names = "--print-config", description = "Show the settings of this call with their sources, secrets masked, and end.")
    private boolean printConfig;

    /** How the entry script lets Java record which classes a start needs. */
    @Option(names = "--until-ready", hidden = true)
    private boolean untilReady;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ServeCommand(Composition.Factory factory) {
        this.factory = factory;
    }

    @Override
    public Integer call() {
        Settings settings = common.settings(given());
        var out = spec.commandLine().getOut();
        if (printConfig) {
            settings.lines().forEach(out::println);
            out.flush();
            return ExitCode.OK.number();
        }
        return new Serve(settings, common.data, factory, out).run(untilReady).number();
    }

    private Map<String, Given> given() {
        var given = new HashMap<String, Given>();
        Common.put(given, Settings.PORT, port, "--port");
        Common.put(given, Settings.HOST, host, "--host");
        Common.put(given, Settings.SANDBOX_PORT, sandboxPort, "--sandbox-port");
        Common.put(given, Settings.SANDBOX_ENABLED, noSandbox ? "false" : null, "--no-sandbox");
        return given;
    }
}
