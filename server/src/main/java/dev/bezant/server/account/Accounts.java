package dev.bezant.server.account;

import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The accounts. */
public final class Accounts {
    private static final String COLUMNS = "id, name, status, limit_requests, limit_payments, default_api_version, email, country, default_currency, created_at";

    private final Database database;
    private final Audit audit;
    private final Ids ids;

    public Accounts(Database database, Audit audit, Ids ids) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
    }

    /** @param name for people; several accounts may share one */
    public Account create(Actor actor, String name, Limits limits) {
        if (name.isBlank()) {
            throw new AccountException("An account needs a name.");
        }
        return database.transaction(tx -> {
            Account account = tx.sql("""
                            insert into account (id, name, limit_requests, limit_payments)
                            values (:id, :name, :requests, :payments)
                            returning %s
                            """.formatted(COLUMNS))
                    .bind("id", ids.next("acct"))
                    .bind("name", name.strip())
                    .bind("requests", limits.requests())
                    .bind("payments", limits.payments())
                    .one(Accounts::read)
                    .orElseThrow();
            audit.record(tx, actor, account.id(), "account.create", account.id(), Json.object().put("name", account.name()));
            return account;
        });
    }

    public List<Account> list() {
        return database.sql("select " + COLUMNS + " from account order by id").list(Accounts::read);
    }

    public Optional<Account> find(String id) {
        return database.sql("select " + COLUMNS + " from account where id = :id").bind("id", id).one(Accounts::read);
    }

    /** By id, or by a name that only one account has. @throws AccountException if there is none, or more than one */
    public Account named(String idOrName) {
        List<Account> found = database.sql("select " + COLUMNS + " from account where id = :word or name = :word order by id")
                .bind("word", idOrName)
                .list(Accounts::read);
        if (found.isEmpty()) {
            throw new AccountException("No account has the id or name '" + idOrName + "'. 'bezant accounts list' shows them.");
        }
        if (found.size() > 1) {
            throw new AccountException("Several accounts are named '" + idOrName + "': "
                    + String.join(", ", found.stream().map(Account::id).toList()) + ". Use the id.");
        }
        return found.getFirst();
    }

    /** Suspended: every key of the account is answered 403 within the seconds that keys are cached. */
    public void changeStatus(Actor actor, String id, Account.Status status) {
        String word = status.name().toLowerCase(Locale.ROOT);
        change(actor, id, "account.status", Json.object().put("status", word), tx -> tx.sql("update account set status = :status where id = :id")
                .bind("id", id)
                .bind("status", word)
                .update());
    }

    public void changeLimits(Actor actor, String id, Limits limits) {
        ObjectNode details = Json.object().put("requests", limits.requests()).put("payments", limits.payments());
        change(actor, id, "account.limits", details, tx -> tx.sql("update account set limit_requests = :requests, limit_payments = :payments where id = :id")
                .bind("id", id)
                .bind("requests", limits.requests())
                .bind("payments", limits.payments())
                .update());
    }

    /** What the account's webhook endpoints speak unless they say otherwise; null = our own dialect. */
    public void changeApiVersion(Actor actor, String id, @Nullable String version) {
        change(actor, id, "account.api_version", Json.object().put("api_version", version),
                tx -> tx.sql("update account set default_api_version = :version where id = :id")
                        .bind("id", id)
                        .bind("version", version)
                        .update());
    }

    /** Up to which amount web pages may begin live payments with a publishable key, in minor units of any currency; null = they may not. */
    public void changeBrowserPayments(Actor actor, String id, @Nullable Long max) {
        change(actor, id, "account.browser_payments", Json.object().put("max", max),
                tx -> tx.sql("update account set browser_payment_max = :max where id = :id")
                        .bind("id", id)
                        .bind("max", max)
                        .update());
    }

    /** What the account tells about itself. */
    public void changeProfile(Actor actor, String id, Account.Profile profile) {
        ObjectNode details = Json.object().put("email", profile.email()).put("country", profile.country()).put("currency", profile.currency());
        change(actor, id, "account.profile", details, tx -> tx.sql("""
                        update account set email = :email, country = :country, default_currency = :currency where id = :id
                        """)
                .bind("id", id)
                .bind("email", profile.email())
                .bind("country", profile.country())
                .bind("currency", profile.currency())
                .update());
    }

    /** The currency of amounts that name none. */
    public String defaultCurrency(String id) {
        return find(id).map(account -> account.profile().currency()).orElse(Account.Profile.STANDARD.currency());
    }

    private void change(Actor actor, String id, String action, ObjectNode details, ToIntFunction<Session> update) {
        database.transaction(tx -> {
            if (update.applyAsInt(tx) == 0) {
                throw new AccountException("No account has the id '" + id + "'.");
            }
            audit.record(tx, actor, id, action, id, details);
            return true;
        });
    }

    private static Account read(Row row) throws SQLException {
        return new Account(
                row.text("id"),
                row.text("name"),
                Account.Status.valueOf(row.text("status").toUpperCase(Locale.ROOT)),
                new Limits(row.wholeOrNull("limit_requests"), row.wholeOrNull("limit_payments")),
                row.textOrNull("default_api_version"),
                new Account.Profile(row.textOrNull("email"), row.textOrNull("country"), row.text("default_currency")),
                row.moment("created_at"));
    }
}
