package dev.bezant.server.ops;

import dev.bezant.server.account.Account;
import dev.bezant.server.account.AccountException;
import dev.bezant.server.account.ApiKey;
import dev.bezant.server.account.ApiKeys;
import dev.bezant.server.account.Limits;
import dev.bezant.server.account.StoredProviderAccounts.Draft;
import dev.bezant.server.account.StoredProviderAccounts;
import dev.bezant.server.audit.Actor;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.http.Permissions.Level;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.partner.PartnerFeature;
import java.io.PrintWriter;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code create-api-key}: a pair of keys for the Corefy integration API.
 *
 * @see "docs/protocols/corefy-integration-api.md, section 2"
 */
@Command(name = "create-api-key", mixinStandardHelpOptions = true, description = {
    "Makes a pair of keys for the Corefy integration API and prints it, public:secret; it cannot be shown again.",
    "The partner is an account of that name; it is made if there is none."
})
final class CreateApiKeyCommand implements Callable<Integer> {
    private static final List<String> SCOPES = List.of("read", "write", "admin");
    private static final int CODE_MAX = 40;

    private final Composition.Factory factory;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--partner-name", paramLabel = "NAME", defaultValue = "Test Partner",
            description = "Id or name of the partner's account (standard: ${DEFAULT-VALUE}).")
    private String partner = "";

    @Option(names = "--partner-code", paramLabel = "CODE",
            description = "How the public key names the partner: lower-case letters, digits, underscores (standard: made of the name).")
    private @Nullable String code;

    @Option(names = "--key-name", paramLabel = "NAME", defaultValue = "Test API Key", description = "For people: what the pair is for (standard: ${DEFAULT-VALUE}).")
    private String name = "";

    @Option(names = "--key-type", paramLabel = "TYPE", defaultValue = "sandbox",
            description = "sandbox or development for test mode, production for real payments (standard: ${DEFAULT-VALUE}).")
    private String type = "";

    @Option(names = "--scopes", paramLabel = "SCOPE", split = ",", defaultValue = "read,write",
            description = "read, write (which includes reading), admin, which opens the rest of the API too (standard: ${DEFAULT-VALUE}).")
    private List<String> scopes = List.of();

    @Option(names = "--address", paramLabel = "CIDR", split = ",",
            description = "From where it may be used, such as 203.0.113.0/24; may be repeated (standard: from anywhere).")
    private @Nullable List<String> addresses;

    @Option(names = "--expires", paramLabel = "DURATION", description = "When it stops working, from now, such as P90D (standard: never).")
    private @Nullable String expires;

    @Option(names = "--requests", paramLabel = "N", description = "Requests per minute of this pair, or none (standard: as the account has it).")
    private @Nullable String requests;

    @Option(names = "--payments", paramLabel = "N",
            description = "Writes of payment intents per minute of this pair, or none (standard: as the account has it).")
    private @Nullable String payments;

    @Mixin
    private Common common = new Common();

    CreateApiKeyCommand(Composition.Factory factory) {
        this.factory = factory;
    }

    @Override
    public Integer call() {
        Mode mode = mode();
        var terms = new ApiKey.Terms(name, permissions(), KeyTerms.addresses(addresses), KeyTerms.limit("--requests", requests),
                KeyTerms.limit("--payments", payments));
        Duration life = expires == null ? null : KeyTerms.duration("--expires", expires);
        String word = code == null ? codeOf(partner) : ApiKeys.checkedCode(code);
        try (Workspace workspace = Workspace.open(common)) {
            Platform platform = workspace.platform();
            Account account = account(platform, factory.compose(platform));
            Instant expiresAt = life == null ? null : platform.clock().instant().plus(life);
            show(platform.keys().createPair(Actor.commandLine(), account.id(), word, mode, terms, expiresAt), account);
        }
        return ExitCode.OK.number();
    }

    private Mode mode() {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "sandbox", "development" -> Mode.TEST;
            case "production" -> Mode.LIVE;
            default -> throw new CommandException(ExitCode.USAGE, "--key-type is '" + type + "', expected sandbox, development or production");
        };
    }

    private Permissions permissions() {
        for (String scope : scopes) {
            if (!SCOPES.contains(scope)) {
                throw new CommandException(ExitCode.USAGE, "--scopes names '" + scope + "', expected some of " + String.join(", ", SCOPES));
            }
        }
        if (scopes.contains("admin")) {
            return Permissions.ALL;
        }
        return Permissions.only(Map.of(PartnerFeature.FAMILY, scopes.contains("write") ? Level.WRITE : Level.READ));
    }

    private Account account(Platform platform, Composition composition) {
        boolean known = platform.accounts().list().stream().anyMatch(it -> it.id().equals(partner) || it.name().equals(partner.strip()));
        if (known) {
            return platform.accounts().named(partner.strip());
        }
        Account made = platform.accounts().create(Actor.commandLine(), partner, Limits.DEFAULT);
        simulator(platform, composition.providers(), made);
        CorefyAccount.of(platform.settings(), composition.connectors()).ifPresent(corefy -> corefy.connect(made, composition.providers()));
        return made;
    }

    /** A new partner can pay at the simulated Corefy at once, where the server has one. */
    private static void simulator(Platform platform, StoredProviderAccounts providers, Account made) {
        platform.accounts().list().stream().filter(it -> it.name().equals(Quickstart.NAME)).findFirst()
                .flatMap(quickstart -> providers.list(quickstart.id()).stream().map(it -> it.account())
                        .filter(it -> it.provider().equals("corefy") && it.name().equals(Quickstart.SIMULATOR) && !it.livemode()).findFirst())
                .ifPresent(it -> copy(it, providers, made));
    }

    private static void copy(ProviderAccount simulator, StoredProviderAccounts providers, Account made) {
        providers.add(Actor.commandLine(), made.id(),
                new Draft(Mode.TEST, simulator.provider(), simulator.name(), simulator.settings(), simulator.credentials()));
    }

    /** {@code your_partner_name} of {@code Your Partner Name}. */
    static String codeOf(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "").toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_").replaceAll("^_+", "");
        String cut = (plain.length() > CODE_MAX ? plain.substring(0, CODE_MAX) : plain).replaceAll("_+$", "");
        if (cut.isEmpty()) {
            throw new AccountException("The partner's name '" + name + "' has nothing to make a code of: give one with --partner-code.");
        }
        return cut;
    }

    /** The pair alone on standard output, so that a script can take it; about it on standard error. */
    private void show(ApiKey.Fresh fresh, Account account) {
        PrintWriter about = spec.commandLine().getErr();
        String pair = fresh.text().reveal();
        about.println("Partner     " + account.name() + " (" + account.id() + ")");
        about.println("Key         " + name + " (" + fresh.key().id() + ", " + fresh.key().mode().word() + " mode, " + fresh.key().terms().permissions() + ")");
        about.println("Public key  " + Objects.requireNonNull(fresh.key().publicKey()));
        about.println("Both keys, public:secret, shown this once; send them as 'Authorization: Bearer public:secret' or 'X-API-Key: public:secret':");
        about.flush();
        spec.commandLine().getOut().println(pair);
        spec.commandLine().getOut().flush();
    }
}
