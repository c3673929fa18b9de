package dev.bezant.server.ops;

import dev.bezant.server.account.ApiKey;
import dev.bezant.server.audit.Actor;
import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.kernel.Mode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    @Command(name = "create", mixinStandardHelpOptions = true, description = {
        "Makes a key and prints it; it cannot be shown again.",
        "With --allow it is a restricted key (rk_...), which may do only what is named."
    })
    int create(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Option(names = "--publishable", description = "For browsers and apps: cannot read or change anything without a client secret.") boolean publishable,
            @Option(names = "--live", description = "For real payments (standard: test).") boolean live,
            @Option(names = "--name", paramLabel = "NAME", description = "For people: what the key is for.") @Nullable String name,
            @Option(names = "--allow", paramLabel = "FAMILY:LEVEL", split = ",",
                    description = "A permission such as charges:read or refunds:write; may be repeated. Families: ${COMPLETION-CANDIDATES}.",
                    completionCandidates = Families.class) @Nullable List<String> allow,
            @Option(names = "--address", paramLabel = "CIDR", split = ",",
                    description = "From where it may be used, such as 203.0.113.0/24; may be repeated (standard: from anywhere).") @Nullable List<String> addresses,
            @Option(names = "--expires", paramLabel = "DURATION", description = "When it stops working, from now, such as P90D (standard: never).")
                    @Nullable String expires,
            @Option(names = "--requests", paramLabel = "N", description = "Requests per minute of this key, or none (standard: as the account has it).")
                    @Nullable String requests,
            @Option(names = "--payments", paramLabel = "N",
                    description = "Writes of payment intents per minute of this key, or none (standard: as the account has it).") @Nullable String payments,
            @Mixin Common common) {
        if (publishable && allow != null) {
            throw new CommandException(ExitCode.USAGE, "A publishable key cannot have permissions: leave out --publishable or --allow");
        }
        KeyKind kind = publishable ? KeyKind.PUBLISHABLE : allow != null ? KeyKind.RESTRICTED : KeyKind.SECRET;
        var terms = new ApiKey.Terms(name, allow == null ? Permissions.ALL : KeyTerms.permissions(allow), KeyTerms.addresses(addresses),
                KeyTerms.limit("--requests", requests), KeyTerms.limit("--payments", payments));
        Duration life = expires == null ? null : KeyTerms.duration("--expires", expires);
        try (Workspace workspace = Workspace.open(common)) {
            Platform platform = workspace.platform();
            Instant expiresAt = life == null ? null : platform.clock().instant().plus(life);
            show(platform.keys().create(Actor.commandLine(), platform.accounts().named(account).id(), kind, Mode.of(live), terms, expiresAt));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the keys of an account, without the keys themselves.")
    int list(@Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account, @Mixin Common common) {
        try (Workspace workspace = Workspace.open(common)) {
            Platform platform = workspace.platform();
            Instant now = Clock.systemUTC().instant();
            var table = new TextTable("ID", "KEY", "NAME", "MODE", "KIND", "MAY", "FROM", "STATE", "LAST USED", "CREATED");
            platform.keys().list(platform.accounts().named(account).id()).forEach(key -> table.add(key.id(), key.prefix(),
                    key.terms().name() == null ? "" : key.terms().name(), key.mode().word(), key.kind().name().toLowerCase(Locale.ROOT),
                    key.kind() == KeyKind.PUBLISHABLE ? "" : key.terms().permissions().toString(),
                    key.terms().addresses().isEmpty() ? "anywhere" : key.terms().addresses().stream().map(Object::toString).collect(Collectors.joining(" ")),
                    state(key, now), key.lastUsedAt() == null ? "never" : key.lastUsedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    key.createdAt().toString()));
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
        Duration duration = KeyTerms.duration("--overlap", overlap);
        try (Workspace workspace = Workspace.open(common)) {
            show(workspace.platform().keys().roll(Actor.commandLine(), id, duration));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true,
            description = "Stops a key for good; a running server knows it within 5 seconds.")
    int revoke(@Parameters(paramLabel = "KEY_ID", description = "The key's id, from 'keys list'.") String id, @Mixin Common common) {
        try (Workspace workspace = Workspace.open(common)) {
            ApiKey key = workspace.platform().keys().revoke(Actor.commandLine(), id);
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

    /** For the help text. */
    static final class Families implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Permissions.FAMILIES.iterator();
        }
    }
}
