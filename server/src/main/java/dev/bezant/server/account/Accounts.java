package dev.bezant.server.account;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Ids;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The accounts. */
public final class Accounts {
    private static final String COLUMNS = "id, name, status, limit_requests, limit_payments, created_at";

    private final Database database;
    private final Ids ids;

    public Accounts(Database database, Ids ids) {
        this.database = database;
        this.ids = ids;
    }

    /** @param name for people; several accounts may share one */
    public Account create(String name, Limits limits) {
        if (name.isBlank()) {
            throw new AccountException("An account needs a name.");
        }
        return database.sql("""
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
    public void changeStatus(String id, Account.Status status) {
        changed(id, database.sql("update account set status = :status where id = :id")
                .bind("id", id)
                .bind("status", status.name().toLowerCase(Locale.ROOT))
                .update());
    }

    public void changeLimits(String id, Limits limits) {
        changed(id, database.sql("update account set limit_requests = :requests, limit_payments = :payments where id = :id")
                .bind("id", id)
                .bind("requests", limits.requests())
                .bind("payments", limits.payments())
                .update());
    }

    private static void changed(String id, int rows) {
        if (rows == 0) {
            throw new AccountException("No account has the id '" + id + "'.");
        }
    }

    private static Account read(Row row) throws SQLException {
        return new Account(
                row.text("id"),
                row.text("name"),
                Account.Status.valueOf(row.text("status").toUpperCase(Locale.ROOT)),
                new Limits(row.wholeOrNull("limit_requests"), row.wholeOrNull("limit_payments")),
                row.moment("created_at"));
    }
}
