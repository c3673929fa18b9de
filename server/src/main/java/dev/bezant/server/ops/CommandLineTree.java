package dev.bezant.server.ops;

import dev.bezant.server.account.AccountException;
import dev.bezant.server.database.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Properties;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The commands, and how they fail: one message for people, and an exit code that means something. */
public final class CommandLineTree {
    @Command(name = "bezant", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND",
            description = "A payments platform that a company runs itself.")
    private static final class Root {}

    /** From the build. */
    private static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            try (InputStream in = CommandLineTree.class.getResourceAsStream("build.properties")) {
                var properties = new Properties();
                properties.load(in);
                return new String[] {"bezant " + properties.getProperty("version")};
            }
        }
    }

    private CommandLineTree() {}

    /** @return the exit code */
    public static int run(String[] args, Composition.Factory factory) {
        Logs.forCommands();
        return tree(factory).execute(args);
    }

    /** The same with other writers, and logs as they are. */
    public static int execute(List<String> args, Composition.Factory factory, PrintWriter out, PrintWriter err) {
        return tree(factory).setOut(out).setErr(err).execute(args.toArray(String[]::new));
    }

    private static CommandLine tree(Composition.Factory factory) {
        var root = new CommandLine(new Root());
        root.addSubcommand(new ServeCommand(factory));
        root.addSubcommand(new AccountsCommand());
        root.addSubcommand(new KeysCommand());
        root.addSubcommand(new CreateApiKeyCommand(factory));
        root.addSubcommand(new ProvidersCommand(factory));
        root.addSubcommand(new LogsCommand());
        root.addSubcommand(new DisputesCommand(factory));
        root.addSubcommand(new AuditCommand());
        root.addSubcommand(new EventsCommand());
        root.addSubcommand(new ListenCommand());
        root.addSubcommand(new TriggerCommand());
        root.addSubcommand(new VaultCommand(factory));
        root.addSubcommand(new MigrateCommand());
        root.addSubcommand(new DoctorCommand());
        root.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
        var meanings = new LinkedHashMap<String, String>();
        Arrays.stream(ExitCode.values()).forEach(code -> meanings.put(String.valueOf(code.number()), code.meaning()));
        root.getCommandSpec().usageMessage().exitCodeList(meanings);
        root.setExecutionExceptionHandler((failure, commandLine, _) -> {
            commandLine.getErr().println(message(failure));
            commandLine.getErr().flush();
            return exitCode(failure).number();
        });
        return root;
    }

    private static String message(Exception failure) {
        if (exitCode(failure) == ExitCode.FAILED && !(failure instanceof AccountException || failure instanceof CommandException)) {
            LoggerFactory.getLogger(CommandLineTree.class).error("The command failed", failure);
        }
        return "bezant: " + failure.getMessage();
    }

    private static ExitCode exitCode(Exception failure) {
        return switch (failure) {
            case CommandException told -> told.exitCode();
            case DatabaseException _ -> ExitCode.DATABASE;
            default -> ExitCode.FAILED;
        };
    }
}
