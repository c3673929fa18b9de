package dev.bezant.server.ops;

import dev.bezant.server.account.Account;
import dev.bezant.server.account.Accounts;
import dev.bezant.server.account.ApiKey;
import dev.bezant.server.account.ApiKeys;
import dev.bezant.server.account.Limits;
import dev.bezant.server.account.StoredProviderAccounts.Draft;
import dev.bezant.server.account.StoredProviderAccounts.Entry;
import dev.bezant.server.account.StoredProviderAccounts;
import dev.bezant.server.audit.Actor;
import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.http.Caller;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What makes a first payment possible without any setting-up: an account without rate limits, test keys in
 * {@code DATA/quickstart.env}, and the sandbox's providers connected to it.
 *
 * <p>The texts of the keys are in that file and nowhere else. If it is lost, the next start makes new keys.
 */
final class Quickstart {
    static final String FILE = "quickstart.env";
    static final String NAME = "quickstart";
    /** How the simulator's provider accounts are named. */
    static final String SIMULATOR = "sandbox";
    static final String SECRET_KEY = "BEZANT_SECRET_KEY";
    private static final String PUBLISHABLE_KEY = "BEZANT_PUBLISHABLE_KEY";
    /** The default order; a provider that is not here comes after them. */
    private static final List<String> ORDER = List.of("cardinity", "worldline-direct", "worldline-acquiring", "corefy");
    /** What the simulated cards have instead of the billing details that a quick try leaves out. */
    private static final Map<String, String> STAND_INS = Map.of("default_country", "LT", "default_holder", "Test Cardholder");

    private final DataDirectory data;
    private final Accounts accounts;
    private final ApiKeys keys;
    private final StoredProviderAccounts providers;

    Quickstart(DataDirectory data, Platform platform, StoredProviderAccounts providers) {
        this.data = data;
        this.accounts = platform.accounts();
        this.keys = platform.keys();
        this.providers = providers;
    }

    /** Made at the first start; null if somebody has set up accounts of their own instead. */
    @Nullable Account account() {
        List<Account> all = accounts.list();
        return all.isEmpty()
                ? accounts.create(Actor.SERVER, NAME, Limits.NONE)
                : all.stream().filter(account -> account.name().equals(NAME)).findFirst().orElse(null);
    }

    /**
     * Connects the sandbox's standard accounts; those that are connected already get the sandbox's present address and
     * credentials, and keep everything an operator changed.
     */
    void connect(Account account, List<SandboxApi.Account> sandboxAccounts, List<ConnectorFactory> connectors) {
        Set<String> spoken = connectors.stream().map(ConnectorFactory::provider).collect(Collectors.toSet());
        sandboxAccounts.stream()
                .filter(it -> spoken.contains(it.provider()))
                .sorted(Comparator.comparingInt((SandboxApi.Account it) -> place(it.provider())).thenComparing(SandboxApi.Account::provider))
                .forEach(it -> connect(account, it));
    }

    /** Tells other accounts that pay at the sandbox where it is now. */
    void refresh(List<SandboxApi.Account> sandboxAccounts) {
        accounts.list().stream().filter(account -> !account.name().equals(NAME)).forEach(account -> sandboxAccounts.stream()
                .filter(sandbox -> connected(account, sandbox).isPresent())
                .forEach(sandbox -> connect(account, sandbox)));
    }

    /** Writes the file anew, with the keys it has had, or new ones. */
    void writeFile(Account account, String url, Optional<SandboxProcess> sandbox) {
        Map<String, String> known = ShellVariables.read(Optional.ofNullable(data.readOrNull(FILE)).orElse(""));
        var variables = new LinkedHashMap<String, String>();
        variables.put("BEZANT_URL", url);
        variables.put(SECRET_KEY, key(account, KeyKind.SECRET, known.get(SECRET_KEY)));
        variables.put(PUBLISHABLE_KEY, key(account, KeyKind.PUBLISHABLE, known.get(PUBLISHABLE_KEY)));
        sandbox.ifPresent(it -> {
            variables.put("BEZANT_SANDBOX_URL", it.api().origin());
            it.api().health().ifPresent(health -> health.providers().forEach((provider, address) ->
                    variables.put("BEZANT_SANDBOX_" + provider.toUpperCase(Locale.ROOT).replace('-', '_') + "_URL", address)));
        });
        data.write(FILE, ShellVariables.write(variables));
    }

    private void connect(Account account, SandboxApi.Account sandbox) {
        Optional<Entry> connected = connected(account, sandbox);
        if (connected.isEmpty()) {
            ObjectNode settings = at(sandbox, Json.texts(STAND_INS));
            providers.add(Actor.SERVER, account.id(), new Draft(Mode.TEST, sandbox.provider(), SIMULATOR, settings, sandbox.credentials()));
            return;
        }
        var present = connected.get().account();
        ObjectNode settings = at(sandbox, present.settings().deepCopy());
        if (!present.settings().equals(settings)) {
            providers.changeSettings(Actor.SERVER, account.id(), present.id(), settings);
        }
        if (!present.credentials().equals(sandbox.credentials())) {
            providers.changeCredentials(Actor.SERVER, account.id(), present.id(), sandbox.credentials());
        }
    }

    private Optional<Entry> connected(Account account, SandboxApi.Account sandbox) {
        return providers.list(account.id()).stream()
                .filter(it -> it.account().provider().equals(sandbox.provider()) && it.account().name().equals(SIMULATOR) && !it.account().livemode())
                .findFirst();
    }

    /** Where the sandbox is now, and where it takes evidence about disputes, which Cardinity itself does not. */
    private static ObjectNode at(SandboxApi.Account sandbox, ObjectNode settings) {
        settings.put("url", sandbox.url());
        return sandbox.provider().equals("cardinity") ? settings.put("evidence_url", sandbox.url() + "/simulator") : settings;
    }

    private String key(Account account, KeyKind kind, @Nullable String known) {
        return known != null && works(account, Secret.of(known), kind) ? known : keys.create(Actor.SERVER, account.id(), kind, Mode.TEST, ApiKey.Terms.USUAL, null).text().reveal();
    }

    private boolean works(Account account, Secret key, KeyKind kind) {
        try {
            Caller caller = keys.authenticate(key, "127.0.0.1");
            return caller.accountId().equals(account.id()) && caller.kind() == kind;
        } catch (ApiException e) {
            // Of a suspended account too: keys would not help it.
            return e.status() == 403;
        }
    }

    private static int place(String provider) {
        int place = ORDER.indexOf(provider);
        return place < 0 ? ORDER.size() : place;
    }
}
