package dev.bezant.server.ops;

import dev.bezant.server.account.ApiKey;
import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.kernel.Mode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}. */
@Command(name = "keys", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Makes, lists, rolls and revokes API keys. A key is shown once, on standard output, when it is made.")
final class KeysCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a key and prints it; it cannot be shown again.")
    int create(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Option(names = "--publishable", description = "For browsers and apps: cannot read or change anything without a client secret.") boolean publishable,
            @Option(names = "--live", description = "For real payments (standard: test).") boolean live,
            @Mixin Common common) {
        try (Workspace workspace = Workspace.open(common)) {
            Platform platform = workspace.platform();
            show(platform.keys().create(platform.accounts().named(account).id(), publishable ? KeyKind.PUBLISHABLE : KeyKind.SECRET, Mode.of(live)));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the keys of an account, without the keys themselves.")
    int list(@Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account, @Mixin Common common) {
        try (Workspace workspace = Workspace.open(common)) {
            Platform platform = workspace.platform();
            Instant now = Clock.systemUTC().instant();
            var table = new TextTable("ID", "KEY", "MODE", "KIND", "STATE", "CREATED");
            platform.keys().list(platform.accounts().named(account).id()).forEach(key -> table.add(key.id(), key.prefix(), key.mode().word(),
                    key.kind().name().toLowerCase(Locale.ROOT), state(key, now), key.createdAt().toString()));
            table.print(spec.commandLine().getOut());
        }
        return ExitCode.OK.number();
    }

    @Command(name = "roll", mixinStandardHelpOptions = true,
            description = "Makes a key that replaces another one and prints it; the old one works on for a while.")
    int roll(
            @Parameters(paramLabel = "KEY_ID", description = "The key's id, from 'keys list'.") String id,
            @Option(names = "--overlap", paramLabel = "DURATION", defaultValue = "PT24H",
                    description = "How long the old key still works, such as PT1H or P7D; PT0S = not at all (standard: ${DEFAULT-VALUE}).") String overlap,
            @Mixin Common common) {
        Duration duration = duration(overlap);
        try (Workspace workspace = Workspace.open(common)) {
            show(workspace.platform().keys().roll(id, duration));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true,
            description = "Stops a key for good; a running server knows it within 5 seconds.")
    int revoke(@Parameters(paramLabel = "KEY_ID", description = "The key's id, from 'keys list'.") String id, @Mixin Common common) {
        try (Workspace workspace = Workspace.open(common)) {
            ApiKey key = workspace.platform().keys().revoke(id);
            spec.commandLine().getOut().println(key.prefix() + " does not work any more");
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK.number();
    }

    /** The key alone on standard output, so that a script can take it; about it on standard error. */
    private void show(ApiKey.Fresh fresh) {
        spec.commandLine().getErr().println("Key " + fresh.key().id() + ", shown this once:");
        spec.commandLine().getErr().flush();
        spec.commandLine().getOut().println(fresh.text().reveal());
        spec.commandLine().getOut().flush();
    }

    private static String state(ApiKey key, Instant now) {
        if (key.revokedAt() != null) {
            return "revoked " + key.revokedAt();
        }
        if (key.expiresAt() == null) {
            return "works";
        }
        return (key.worksAt(now) ? "works until " : "expired ") + key.expiresAt();
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw new CommandException(ExitCode.USAGE, "--overlap is '" + text + "', expected a duration such as PT1H (an hour) or P7D (seven days)");
    }
}
