package dev.bezant.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.database.Statement;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * The provider accounts, in their order. Their credentials are encrypted in the table and open in memory, for as long as they are
 * remembered: {@link #REMEMBERED}, which is also how long a change made by another process takes to be felt here.
 */
public final class StoredProviderAccounts implements ProviderAccounts {
    static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int REMEMBERED_MAX = 10_000;

    /**
     * What makes a provider account.
     *
     * @param name tells several accounts at one provider apart
     * @param settings nothing secret
     * @param credentials JSON by the provider's own names
     */
    public record Draft(Mode mode, String provider, String name, ObjectNode settings, Secret credentials) {}

    /**
     * A provider account and its place.
     *
     * @param position the default order, ascending
     * @param enabled whether new payments may use it
     */
    public record Entry(ProviderAccount account, int position, boolean enabled) {}

    private final Database database;
    private final Audit audit;
    private final Ids ids;
    private final CredentialsCipher cipher;
    private final Cache<String, List<Entry>> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(REMEMBERED).build();

    public StoredProviderAccounts(Database database, Audit audit, Ids ids, CredentialsCipher cipher) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.cipher = cipher;
    }

    @Override
    public List<ProviderAccount> ordered(String accountId, boolean livemode) {
        return list(accountId).stream()
                .filter(entry -> entry.enabled() && entry.account().livemode() == livemode)
                .map(Entry::account)
                .toList();
    }

    @Override
    public List<Key> everywhere() {
        return database.sql("select account_id, livemode, id from provider_account order by id")
                .list(row -> new Key(row.text("account_id"), row.flag("livemode"), row.text("id")));
    }

    @Override
    public Optional<ProviderAccount> find(String accountId, boolean livemode, String id) {
        return find(accountId, id).filter(account -> account.livemode() == livemode);
    }

    /** Of either mode, enabled or not. */
    public Optional<ProviderAccount> find(String accountId, String id) {
        return list(accountId).stream().map(Entry::account).filter(account -> account.id().equals(id)).findFirst();
    }

    /** All of an account, disabled ones and both modes too. */
    public List<Entry> list(String accountId) {
        return remembered.get(accountId, account -> database.sql("""
                        select account_id, id, livemode, provider, name, position, enabled, settings, credentials
                          from provider_account
                         where account_id = :account
                         order by livemode, position, id
                        """)
                .bind("account", account)
                .list(this::read));
    }

    /** Puts it last in the order. @throws AccountException if the name is taken at that provider */
    public ProviderAccount add(Actor actor, String accountId, Draft draft) {
        String id = ids.next("pa");
        try {
            database.transaction(tx -> {
                insert(tx, accountId, id, draft);
                audit.record(tx, actor, accountId, "provider.add", id, Json.object().put("provider", draft.provider()).put("name", draft.name())
                        .put("mode", draft.mode().word()));
                return true;
            });
        } catch (DatabaseException e) {
            if (e.violates("provider_account_account_id_livemode_provider_name_key")) {
                throw new AccountException("The account already has a " + draft.mode().word() + " account at " + draft.provider()
                        + " named '" + draft.name() + "'. Give another name.");
            }
            if (e.violates("provider_account_account_id_fkey")) {
                throw new AccountException("No account has the id '" + accountId + "'.");
            }
            throw e;
        }
        forget();
        return find(accountId, id).orElseThrow();
    }

    /** Disabled: no new payment uses it; captures, refunds and settling of what it began go on. */
    public void enable(Actor actor, String accountId, String id, boolean enabled) {
        change(actor, accountId, id, enabled ? "provider.enable" : "provider.disable", Json.object(),
                tx -> tx.sql("update provider_account set enabled = :enabled where account_id = :account and id = :id").bind("enabled", enabled));
    }

    /** @param order all ids of the account in that mode, first choice first */
    public void order(Actor actor, String accountId, Mode mode, List<String> order) {
        database.transaction(tx -> {
            List<String> present = tx.sql("""
                            select id from provider_account where account_id = :account and livemode = :livemode order by id for update
                            """)
                    .bind("account", accountId)
                    .bind("livemode", mode.live())
                    .list(row -> row.text("id"));
            if (order.size() != present.size() || !new HashSet<>(order).equals(new HashSet<>(present))) {
                throw new AccountException("The order must name each " + mode.word() + " provider account once: " + String.join(", ", present));
            }
            ObjectNode details = Json.object();
            details.set("order", Json.texts(order));
            audit.record(tx, actor, accountId, "provider.order", accountId, details);
            return tx.sql("""
                            update provider_account p
                               set position = o.position
                              from unnest(:order) with ordinality as o (id, position)
                             where p.account_id = :account and p.id = o.id
                            """)
                    .bind("account", accountId)
                    .bind("order", order)
                    .update();
        });
        forget();
    }

    /** Changes the address and such; credentials stay. */
    public void changeSettings(Actor actor, String accountId, String id, ObjectNode settings) {
        ObjectNode details = Json.object();
        details.set("settings", settings);
        change(actor, accountId, id, "provider.settings", details,
                tx -> tx.sql("update provider_account set settings = :settings::jsonb where account_id = :account and id = :id")
                        .bind("settings", Json.write(settings)));
    }

    /** @param credentials JSON by the provider's own names */
    public void changeCredentials(Actor actor, String accountId, String id, Secret credentials) {
        change(actor, accountId, id, "provider.credentials", Json.object(),
                tx -> tx.sql("update provider_account set credentials = :credentials where account_id = :account and id = :id")
                        .bind("credentials", cipher.encrypt(accountId, id, credentials.reveal())));
    }

    /** Makes changes that came by another way be felt at once. */
    public void forget() {
        remembered.invalidateAll();
    }

    private void insert(Session tx, String accountId, String id, Draft draft) {
        tx.sql("""
                        insert into provider_account (account_id, id, livemode, provider, name, credentials, settings, position)
                        select :account, :id, :livemode, :provider, :name, :credentials, :settings::jsonb, coalesce(max(position), 0) + 1
                          from provider_account
                         where account_id = :account and livemode = :livemode
                        """)
                .bind("account", accountId)
                .bind("id", id)
                .bind("livemode", draft.mode().live())
                .bind("provider", draft.provider())
                .bind("name", draft.name())
                .bind("credentials", cipher.encrypt(accountId, id, draft.credentials().reveal()))
                .bind("settings", Json.write(draft.settings()))
                .update();
    }

    /** @param update binds all but the account and the id */
    private void change(Actor actor, String accountId, String id, String action, ObjectNode details, Function<Session, Statement> update) {
        database.transaction(tx -> {
            if (update.apply(tx).bind("account", accountId).bind("id", id).update() == 0) {
                throw new AccountException("The account has no provider account '" + id + "'. 'bezant providers list' shows them.");
            }
            audit.record(tx, actor, accountId, action, id, details);
            return true;
        });
        forget();
    }

    private Entry read(Row row) throws SQLException {
        String accountId = row.text("account_id");
        String id = row.text("id");
        var account = new ProviderAccount(accountId, id, row.flag("livemode"), row.text("provider"), row.text("name"),
                Json.readObject(row.text("settings")), cipher.decrypt(accountId, id, row.bytes("credentials")));
        return new Entry(account, row.whole("position"), row.flag("enabled"));
    }
}
