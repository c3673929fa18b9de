package dev.bezant.server.ops;

import dev.bezant.server.account.Account;
import dev.bezant.server.account.StoredProviderAccounts.Draft;
import dev.bezant.server.account.StoredProviderAccounts.Entry;
import dev.bezant.server.account.StoredProviderAccounts;
import dev.bezant.server.audit.Actor;
import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderJournal;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The account at Corefy that the {@code COREFY_*} settings describe: every account here that has none of its own in that mode pays through it.
 * It is stored as any provider account is, so that what was begun through it can be ended when the settings are gone.
 *
 * @see "docs/protocols/corefy-integration-api.md, section 8"
 */
final class CorefyAccount {
    static final String NAME = "environment";
    private static final String PROVIDER = "corefy";
    private static final String URL = "https://api.corefy.com";
    private static final String SANDBOX_URL = "https://api.sandbox.corefy.com";
    private static final int API_KEY_MIN = 10;
    private static final int SECRET_KEY_MIN = 20;

    private final Draft draft;

    private CorefyAccount(Draft draft) {
        this.draft = draft;
    }

    /**
     * What is set; empty if no key is.
     *
     * @throws CommandException with every mistake
     */
    static Optional<CorefyAccount> of(Settings settings, List<ConnectorFactory> connectors) {
        Secret apiKey = settings.secret(Settings.COREFY_API_KEY);
        String client = settings.get(Settings.COREFY_CLIENT_KEY);
        if (apiKey == null && client.isEmpty()) {
            return Optional.empty();
        }
        var mistakes = new ArrayList<String>();
        if (apiKey == null || apiKey.length() < API_KEY_MIN) {
            mistakes.add("COREFY_API_KEY " + (apiKey == null ? "is missing" : "is too short") + ", expected the key that Corefy shows for the account");
        }
        if (client.isEmpty()) {
            mistakes.add("COREFY_CLIENT_KEY is missing, expected the id of the commerce account, such as coma_...");
        }
        if (settings.get(Settings.COREFY_CARDGATE_URL).isEmpty()) {
            mistakes.add("COREFY_CARDGATE_URL is missing, expected the address that takes cards: Corefy tells it with the account");
        }
        Secret secret = settings.secret(Settings.COREFY_SECRET_KEY);
        if (secret != null && secret.length() < SECRET_KEY_MIN) {
            mistakes.add("COREFY_SECRET_KEY is too short, expected the whole secret key of the account");
        }
        int timeout = settings.get(Settings.COREFY_TIMEOUT_SECONDS);
        if (timeout * 1000 > settings.get(Settings.PROVIDER_TIMEOUT_MS)) {
            mistakes.add("COREFY_TIMEOUT_SECONDS is " + timeout + ", but no provider is waited for longer than payments.provider_timeout_ms ("
                    + settings.get(Settings.PROVIDER_TIMEOUT_MS) + "): raise that too, or lower this");
        }
        if (mistakes.isEmpty()) {
            Draft draft = draft(settings, secret);
            connectors.stream().filter(factory -> factory.provider().equals(PROVIDER)).forEach(factory -> tried(factory, draft).ifPresent(mistakes::add));
            if (mistakes.isEmpty()) {
                return Optional.of(new CorefyAccount(draft));
            }
        }
        throw new CommandException(ExitCode.SETTINGS, "The settings of Corefy have " + mistakes.size() + (mistakes.size() == 1 ? " mistake" : " mistakes")
                + ":\n  " + String.join("\n  ", mistakes));
    }

    /** Connects it to those accounts that have none of their own; where it is connected already, what is set now holds. */
    void connect(List<Account> accounts, StoredProviderAccounts providers) {
        accounts.forEach(account -> connect(account, providers));
    }

    void connect(Account account, StoredProviderAccounts providers) {
        List<Entry> present = providers.list(account.id()).stream()
                .filter(it -> it.account().provider().equals(PROVIDER) && it.account().livemode() == draft.mode().live()).toList();
        Optional<ProviderAccount> ours = present.stream().map(Entry::account).filter(it -> it.name().equals(NAME)).findFirst();
        if (ours.isEmpty()) {
            if (present.stream().allMatch(it -> it.account().name().equals(Quickstart.SIMULATOR))) {
                providers.add(Actor.SERVER, account.id(), draft);
            }
            return;
        }
        if (!ours.get().settings().equals(draft.settings())) {
            providers.changeSettings(Actor.SERVER, account.id(), ours.get().id(), draft.settings());
        }
        if (!ours.get().credentials().equals(draft.credentials())) {
            providers.changeCredentials(Actor.SERVER, account.id(), ours.get().id(), draft.credentials());
        }
    }

    private static Draft draft(Settings settings, @Nullable Secret secret) {
        boolean sandbox = settings.get(Settings.COREFY_SANDBOX_MODE);
        Secret webhook = settings.secret(Settings.COREFY_WEBHOOK_SECRET);
        Secret apiKey = Objects.requireNonNull(settings.secret(Settings.COREFY_API_KEY));
        ObjectNode credentials = Json.object();
        credentials.put("account_id", settings.get(Settings.COREFY_CLIENT_KEY));
        credentials.put("api_key", apiKey.reveal());
        if (webhook != null || secret != null) {
            credentials.put("callback_secret", (webhook != null ? webhook : Objects.requireNonNull(secret)).reveal());
        }
        String url = settings.get(Settings.COREFY_BASE_URL);
        ObjectNode chosen = Json.object();
        chosen.put("url", !url.isEmpty() ? url : sandbox ? SANDBOX_URL : URL);
        chosen.put("card_gate_url", settings.get(Settings.COREFY_CARDGATE_URL));
        chosen.put("timeout_seconds", settings.get(Settings.COREFY_TIMEOUT_SECONDS));
        chosen.put("retry_count", settings.get(Settings.COREFY_RETRY_COUNT));
        chosen.put("calls_per_minute", settings.get(Settings.COREFY_RATE_LIMIT_PER_MINUTE));
        return new Draft(sandbox ? Mode.TEST : Mode.LIVE, PROVIDER, NAME, chosen, Secret.of(Json.write(credentials)));
    }

    /** What the connector does not like of it. */
    private static Optional<String> tried(ConnectorFactory factory, Draft draft) {
        try {
            factory.open(new ProviderAccount("acct_new", "pa_new", draft.mode().live(), PROVIDER, NAME, draft.settings(), draft.credentials()),
                    ProviderJournal.Line.NONE).close();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
