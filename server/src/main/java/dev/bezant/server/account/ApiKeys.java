package dev.bezant.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Keyring;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API keys: made, listed, rolled, revoked, and recognized.
 *
 * <p>A recognized key is remembered for {@link #REMEMBERED}, so a change made by another process takes at most that long to be felt
 * here; a change made through this object is felt at once. Expiry is looked at on every call.
 */
public final class ApiKeys implements Keyring {
    static final Duration REMEMBERED = Duration.ofSeconds(5);
    /** Short, so that a key made by the command line works at once for whoever tried it too early. */
    static final Duration UNKNOWN_REMEMBERED = Duration.ofSeconds(1);
    private static final int REMEMBERED_MAX = 10_000;

    private static final String COLUMNS = "account_id, id, livemode, kind, prefix, created_at, expires_at, revoked_at";

    private static final String RECOGNIZE = """
            select k.account_id, k.id, k.livemode, k.kind, k.prefix, k.created_at, k.expires_at, k.revoked_at,
                   a.status, a.limit_requests, a.limit_payments
              from api_key k
              join account a on a.id = k.account_id
             where k.hash = :hash
            """;

    /** A key with what is needed of its account. */
    private record Known(ApiKey key, Account.Status status, Limits limits) {}

    private final Database database;
    private final Ids ids;
    private final Clock clock;
    /** By hash in hexadecimal, so that no key stays in memory longer than its request. */
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(REMEMBERED).build();
    /** Apart from the known ones: guesses must not push those out. */
    private final Cache<String, Boolean> unknown =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(UNKNOWN_REMEMBERED).build();

    public ApiKeys(Database database, Ids ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Caller authenticate(Secret text) {
        if (!KeyFormat.known(text)) {
            throw refused(ErrorCode.INVALID_API_KEY, "Invalid API key format: a key starts with sk_test_, sk_live_, pk_test_ or pk_live_.");
        }
        Known found = recognize(HexFormat.of().formatHex(KeyFormat.hash(text))).orElseThrow(() -> refused(ErrorCode.INVALID_API_KEY,
                "Invalid API key: no account has it. Check that it is complete and belongs to this server."));
        ApiKey key = found.key();
        if (key.revokedAt() != null) {
            throw refused(ErrorCode.INVALID_API_KEY, "Invalid API key: " + key.prefix() + " was revoked. Use another key of the account.");
        }
        if (!key.worksAt(clock.instant())) {
            throw refused(ErrorCode.API_KEY_EXPIRED, "The API key " + key.prefix() + " expired at " + key.expiresAt()
                    + ". Use the key that replaced it.");
        }
        if (found.status() == Account.Status.SUSPENDED) {
            throw refused(ErrorCode.ACCOUNT_INVALID, "Account suspended: ask whoever runs this server to activate it.");
        }
        return new Caller(key.accountId(), key.mode(), key.kind(), key.id(), key.prefix(),
                found.limits().requests(), found.limits().payments());
    }

    /** @throws AccountException if there is no such account */
    public ApiKey.Fresh create(String accountId, KeyKind kind, Mode mode) {
        return create(database, accountId, kind, mode);
    }

    /** Newest first, revoked and expired ones too. */
    public List<ApiKey> list(String accountId) {
        return database.sql("select " + COLUMNS + " from api_key where account_id = :account order by id desc")
                .bind("account", accountId)
                .list(ApiKeys::read);
    }

    /** @param id the key's own id. @throws AccountException if there is no such key */
    public ApiKey find(String id) {
        return find(database, id);
    }

    /**
     * Replaces a key by a new one of the same kind.
     *
     * @param overlap how long the old one still works, from now; zero = not at all
     * @throws AccountException if the key does not work any more
     */
    public ApiKey.Fresh roll(String id, Duration overlap) {
        if (overlap.isNegative()) {
            throw new AccountException("The overlap cannot be negative.");
        }
        Instant now = clock.instant();
        ApiKey.Fresh fresh = database.transaction(tx -> {
            ApiKey old = find(tx, id);
            int rows = tx.sql("""
                            update api_key
                               set expires_at = least(expires_at, :expires)
                             where account_id = :account and id = :id
                               and revoked_at is null and (expires_at is null or expires_at > :now)
                            """)
                    .bind("account", old.accountId())
                    .bind("id", id)
                    .bind("now", now)
                    .bind("expires", now.plus(overlap))
                    .update();
            if (rows == 0) {
                throw new AccountException("The key " + old.prefix() + " (" + id + ") does not work any more; create a new one instead.");
            }
            return create(tx, old.accountId(), old.kind(), old.mode());
        });
        forget();
        return fresh;
    }

    /** Stops a key for good; revoking twice is allowed. @throws AccountException if there is no such key */
    public ApiKey revoke(String id) {
        ApiKey key = find(database, id);
        database.sql("update api_key set revoked_at = :now where account_id = :account and id = :id and revoked_at is null")
                .bind("account", key.accountId())
                .bind("id", id)
                .bind("now", clock.instant())
                .update();
        forget();
        return find(database, id);
    }

    /** Makes changes that came by another way be felt at once. */
    public void forget() {
        known.invalidateAll();
        unknown.invalidateAll();
    }

    private Optional<Known> recognize(String hash) {
        if (unknown.getIfPresent(hash) != null) {
            return Optional.empty();
        }
        @Nullable Known found = known.get(hash, it -> database.sql(RECOGNIZE)
                .bind("hash", HexFormat.of().parseHex(it))
                .one(row -> new Known(read(row), status(row), new Limits(row.wholeOrNull("limit_requests"), row.wholeOrNull("limit_payments"))))
                .orElse(null));
        if (found == null) {
            unknown.put(hash, Boolean.TRUE);
        }
        return Optional.ofNullable(found);
    }

    private ApiKey.Fresh create(Session session, String accountId, KeyKind kind, Mode mode) {
        Secret text = KeyFormat.next(ids, kind, mode);
        ApiKey key = session.sql("""
                        insert into api_key (account_id, id, livemode, kind, hash, prefix, last4)
                        select id, :id, :livemode, :kind, :hash, :prefix, :last4 from account where id = :account
                        returning %s
                        """.formatted(COLUMNS))
                .bind("account", accountId)
                .bind("id", ids.next("key"))
                .bind("livemode", mode.live())
                .bind("kind", kind.name().toLowerCase(Locale.ROOT))
                .bind("hash", KeyFormat.hash(text))
                .bind("prefix", KeyFormat.masked(text, kind, mode))
                .bind("last4", KeyFormat.last4(text))
                .one(ApiKeys::read)
                .orElseThrow(() -> new AccountException("No account has the id '" + accountId + "'."));
        return new ApiKey.Fresh(key, text);
    }

    private static ApiKey find(Session session, String id) {
        return session.sql("select " + COLUMNS + " from api_key where id = :id")
                .bind("id", id)
                .one(ApiKeys::read)
                .orElseThrow(() -> new AccountException("No API key has the id '" + id + "'. 'bezant keys list' shows them;"
                        + " the id starts with key_."));
    }

    private static ApiException refused(ErrorCode code, String message) {
        return new ApiException(code, null, message);
    }

    private static Account.Status status(Row row) throws SQLException {
        return Account.Status.valueOf(row.text("status").toUpperCase(Locale.ROOT));
    }

    private static ApiKey read(Row row) throws SQLException {
        return new ApiKey(
                row.text("account_id"),
                row.text("id"),
                Mode.of(row.flag("livemode")),
                KeyKind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                row.text("prefix"),
                row.moment("created_at"),
                row.momentOrNull("expires_at"),
                row.momentOrNull("revoked_at"));
    }
}
