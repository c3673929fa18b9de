package dev.bezant.server.ops;

import dev.bezant.server.account.StoredProviderAccounts.Draft;
import dev.bezant.server.audit.Actor;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderJournal;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code providers}. */
@Command(name = "providers", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Connects accounts at payment providers, tests them, and sets the order in which they are tried.")
final class ProvidersCommand {
    private static final int CREDENTIALS_BYTES_MAX = 1 << 16;

    private final Composition.Factory factory;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ProvidersCommand(Composition.Factory factory) {
        this.factory = factory;
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = {
        "Connects an account at a provider; prints its id.",
        "The credentials are a JSON object of the provider's own names, from --credentials-file or standard input."
    })
    int add(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name of the account here.") String account,
            @Parameters(paramLabel = "PROVIDER", description = "Such as cardinity.") String provider,
            @Option(names = "--name", paramLabel = "NAME", defaultValue = "default",
                    description = "Tells several accounts at one provider apart (standard: ${DEFAULT-VALUE}).") String name,
            @Option(names = "--live", description = "For real payments (standard: test).") boolean live,
            @Option(names = "--credentials-file", paramLabel = "FILE", description = "Where the credentials are (standard: standard input).")
                    @Nullable Path credentialsFile,
            @Option(names = "--setting", paramLabel = "NAME=VALUE", description = "Such as url=... or default_country=LT; may be repeated.")
                    @Nullable Map<String, String> settings,
            @Mixin Common common) {
        Secret credentials = credentials(credentialsFile);
        ObjectNode given = Json.texts(settings == null ? Map.of() : settings);
        try (Workspace workspace = Workspace.open(common)) {
            Composition composition = factory.compose(workspace.platform());
            ConnectorFactory connectors = connectors(composition, provider);
            String accountId = workspace.platform().accounts().named(account).id();
            // Wrong settings are told now, not at the first payment.
            check(connectors, new ProviderAccount(accountId, "pa_new", live, provider, name, given, credentials));
            print(composition.providers().add(Actor.commandLine(), accountId, new Draft(Mode.of(live), provider, name, given, credentials)).id());
        }
        return ExitCode.OK.number();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the provider accounts in the order in which they are tried.")
    int list(@Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account, @Mixin Common common) {
        try (Workspace workspace = Workspace.open(common)) {
            var table = new TextTable("ID", "PROVIDER", "NAME", "MODE", "STATE", "SETTINGS");
            factory.compose(workspace.platform()).providers().list(workspace.platform().accounts().named(account).id())
                    .forEach(it -> table.add(it.account().id(), it.account().provider(), it.account().name(),
                            Mode.of(it.account().livemode()).word(), it.enabled() ? "enabled" : "disabled", Json.write(it.account().settings())));
            table.print(spec.commandLine().getOut());
        }
        return ExitCode.OK.number();
    }

    @Command(name = "test", mixinStandardHelpOptions = true,
            description = "Asks a provider something harmless, to see whether the credentials work; exit code 1 if not.")
    int test(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Parameters(paramLabel = "PROVIDER_ACCOUNT_ID", description = "From 'providers list'.") String id,
            @Mixin Common common) {
        try (Workspace workspace = Workspace.open(common)) {
            Composition composition = factory.compose(workspace.platform());
            String accountId = workspace.platform().accounts().named(account).id();
            ProviderAccount provider = composition.providers().find(accountId, id)
                    .orElseThrow(() -> new CommandException(ExitCode.FAILED, "The account has no provider account '" + id + "'."));
            Optional<String> problem = problem(connectors(composition, provider.provider()), provider);
            print(problem.map(text -> "Does not work: " + text).orElse("Works"));
            return (problem.isPresent() ? ExitCode.FAILED : ExitCode.OK).number();
        }
    }

    @Command(name = "enable", mixinStandardHelpOptions = true, description = "Lets new payments use a provider account.")
    int enable(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Parameters(paramLabel = "PROVIDER_ACCOUNT_ID", description = "From 'providers list'.") String id,
            @Mixin Common common) {
        return change(account, id, common, true);
    }

    @Command(name = "disable", mixinStandardHelpOptions = true,
            description = "Keeps new payments away from a provider account; what was begun there is still ended there.")
    int disable(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Parameters(paramLabel = "PROVIDER_ACCOUNT_ID", description = "From 'providers list'.") String id,
            @Mixin Common common) {
        return change(account, id, common, false);
    }

    @Command(name = "order", mixinStandardHelpOptions = true, description = "Sets the order in which the provider accounts are tried.")
    int order(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Parameters(paramLabel = "PROVIDER_ACCOUNT_ID", arity = "1..*", description = "All of them, first choice first.") List<String> ids,
            @Option(names = "--live", description = "The order of real payments (standard: test).") boolean live,
            @Mixin Common common) {
        try (Workspace workspace = Workspace.open(common)) {
            String accountId = workspace.platform().accounts().named(account).id();
            factory.compose(workspace.platform()).providers().order(Actor.commandLine(), accountId, Mode.of(live), ids);
        }
        return ExitCode.OK.number();
    }

    private int change(String account, String id, Common common, boolean enabled) {
        try (Workspace workspace = Workspace.open(common)) {
            String accountId = workspace.platform().accounts().named(account).id();
            factory.compose(workspace.platform()).providers().enable(Actor.commandLine(), accountId, id, enabled);
        }
        return ExitCode.OK.number();
    }

    private static ConnectorFactory connectors(Composition composition, String provider) {
        var known = new HashMap<String, ConnectorFactory>();
        composition.connectors().forEach(it -> known.put(it.provider(), it));
        ConnectorFactory factory = known.get(provider);
        if (factory == null) {
            throw new CommandException(ExitCode.FAILED, "There is no connector for '" + provider + "'. Known providers: "
                    + String.join(", ", known.keySet().stream().sorted().toList()));
        }
        return factory;
    }

    private static void check(ConnectorFactory connectors, ProviderAccount account) {
        try (Connector _ = connectors.open(account, ProviderJournal.Line.NONE)) {
            // Opening is the check.
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> problem(ConnectorFactory connectors, ProviderAccount account) {
        try (Connector connector = connectors.open(account, ProviderJournal.Line.NONE)) {
            return connector.test();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Secret credentials(@Nullable Path file) {
        try {
            byte[] bytes = file == null ? System.in.readNBytes(CREDENTIALS_BYTES_MAX) : Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.UTF_8);
            JsonNode json = Json.read(text);
            if (json.isObject() && !json.isEmpty()) {
                return Secret.of(text.strip());
            }
        } catch (JacksonException e) {
            // Told below, without what the parser quotes.
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "The credentials cannot be read: " + e);
        }
        throw new CommandException(ExitCode.FAILED, "The credentials are not a JSON object, expected the provider's own names,"
                + " such as {\"consumer_key\":\"...\",\"consumer_secret\":\"...\"}");
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
