package dev.bezant.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Keyring;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

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

    private static final String RECOGNIZE = "select " + KeyTable.columns("k") + """
            , a.status, a.limit_requests as account_requests, a.limit_payments as account_payments
              from api_key k
              join account a on a.id = k.account_id
             where k.hash = :hash
            """;

    /** A key with what is needed of its account. */
    private record Known(ApiKey key, Account.Status status, Limits limits) {}

    private final Database database;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    /** By hash in hexadecimal, so that no key stays in memory longer than its request. */
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(REMEMBERED).build();
    /** Apart from the known ones: guesses must not push those out. */
    private final Cache<String, Boolean> unknown =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(UNKNOWN_REMEMBERED).build();
    /** When keys were used that the table does not know of yet. */
    private final Map<ApiKeyName, Instant> used = new ConcurrentHashMap<>();

    private record ApiKeyName(String accountId, String id) {}

    public ApiKeys(Database database, Audit audit, Ids ids, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Caller authenticate(Secret text, String ip) {
        if (!KeyFormat.known(text)) {
            throw refused(ErrorCode.INVALID_API_KEY, "Invalid API key format: a key starts with sk_test_, sk_live_, pk_test_, pk_live_,"
                    + " rk_test_ or rk_live_.");
        }
        Known found = recognize(HexFormat.of().formatHex(KeyFormat.hash(text))).orElseThrow(() -> refused(ErrorCode.INVALID_API_KEY,
                "Invalid API key: no account has it. Check that it is complete and belongs to this server."));
        ApiKey key = found.key();
        Instant now = clock.instant();
        if (key.revokedAt() != null) {
            throw refused(ErrorCode.INVALID_API_KEY, "Invalid API key: " + key.prefix() + " was revoked. Use another key of the account.");
        }
        if (!key.worksAt(now)) {
            throw refused(ErrorCode.API_KEY_EXPIRED, "The API key " + key.prefix() + " expired at " + key.expiresAt()
                    + ". Use the key that replaced it.");
        }
        if (found.status() == Account.Status.SUSPENDED) {
            throw refused(ErrorCode.ACCOUNT_INVALID, "Account suspended: ask whoever runs this server to activate it.");
        }
        if (!key.terms().allowsFrom(ip)) {
            throw refused(ErrorCode.UNAUTHORIZED, "The API key " + key.prefix() + " may not be used from " + ip
                    + ". Call from one of its allowed addresses, or make a key for this one.");
        }
        used.put(new ApiKeyName(key.accountId(), key.id()), now);
        return new Caller(key.accountId(), key.mode(), key.kind(), key.id(), key.prefix(), key.terms().permissions(),
                limit(key.terms().limitRequests(), found.limits().requests()), limit(key.terms().limitPayments(), found.limits().payments()));
    }

    @Override
    public Caller authenticatePair(Secret publicKey, Secret secretKey, String ip) {
        Caller caller = authenticate(secretKey, ip);
        String half = recognize(HexFormat.of().formatHex(KeyFormat.hash(secretKey))).map(found -> found.key().publicKey()).orElse(null);
        if (half == null) {
            return Keyring.super.authenticatePair(publicKey, secretKey, ip);
        }
        if (!MessageDigest.isEqual(half.getBytes(StandardCharsets.UTF_8), publicKey.reveal().getBytes(StandardCharsets.UTF_8))) {
            throw refused(ErrorCode.INVALID_API_KEY, "The two API keys do not belong together: " + caller.keyPrefix()
                    + " was made with another public key. Send both as they were shown.");
        }
        return caller;
    }

    /**
     * Makes a pair of keys, of which the secret one says what may be done.
     *
     * @param code whose it is, as the public key names it: lower-case letters, digits and underscores
     * @param terms permissions of a restricted key, or all of them
     * @param expiresAt null = it does not expire
     * @throws AccountException if there is no such account, or it would expire in the past
     */
    public ApiKey.Fresh createPair(Actor actor, String accountId, String code, Mode mode, ApiKey.Terms terms, @Nullable Instant expiresAt) {
        return create(actor, accountId, terms.permissions().all() ? KeyKind.SECRET : KeyKind.RESTRICTED, mode, terms, expiresAt, checkedCode(code));
    }

    /** @throws AccountException if the text cannot name a partner in a public key */
    public static String checkedCode(String code) {
        if (!code.matches("[a-z0-9]([a-z0-9_]{0,38}[a-z0-9])?")) {
            throw new AccountException("A partner's code has 1 to 40 lower-case letters, digits and underscores, and begins and ends with a letter"
                    + " or a digit: '" + code + "' does not.");
        }
        return code;
    }

    /**
     * Makes a key.
     *
     * @param expiresAt null = it does not expire
     * @throws AccountException if there is no such account, or the terms do not suit the kind
     */
    public ApiKey.Fresh create(Actor actor, String accountId, KeyKind kind, Mode mode, ApiKey.Terms terms, @Nullable Instant expiresAt) {
        if ((kind == KeyKind.RESTRICTED) == terms.permissions().all()) {
            throw new AccountException(kind == KeyKind.RESTRICTED
                    ? "A restricted key needs at least one permission, such as charges:read."
                    : "Only a restricted key has permissions of its own.");
        }
        return create(actor, accountId, kind, mode, terms, expiresAt, null);
    }

    private ApiKey.Fresh create(
            Actor actor, String accountId, KeyKind kind, Mode mode, ApiKey.Terms terms, @Nullable Instant expiresAt, @Nullable String code) {
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw new AccountException("A key cannot expire in the past: " + expiresAt + ".");
        }
        return database.transaction(tx -> {
            ApiKey.Fresh fresh = insert(tx, accountId, kind, mode, terms, expiresAt, code);
            audit.record(tx, actor, accountId, "key.create", fresh.key().id(), described(fresh.key()));
            return fresh;
        });
    }

    /** Newest first, revoked and expired ones too. */
    public List<ApiKey> list(String accountId) {
        return database.sql("select " + KeyTable.columns("k") + " from api_key k where account_id = :account order by id desc")
                .bind("account", accountId)
                .list(KeyTable::read);
    }

    /** @param id the key's own id. @throws AccountException if there is no such key */
    public ApiKey find(String id) {
        return find(database, id);
    }

    /**
     * Replaces a key by a new one that may do the same.
     *
     * @param overlap how long the old one still works, from now; zero = not at all
     * @throws AccountException if the key does not work any more
     */
    public ApiKey.Fresh roll(Actor actor, String id, Duration overlap) {
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
            String code = old.publicKey() == null ? null : KeyFormat.code(old.publicKey());
            ApiKey.Fresh made = insert(tx, old.accountId(), old.kind(), old.mode(), old.terms(), null, code);
            audit.record(tx, actor, old.accountId(), "key.roll", id, described(old).put("replaced_by", made.key().id())
                    .put("works_until", now.plus(overlap).toString()));
            return made;
        });
        forget();
        return fresh;
    }

    /** Stops a key for good; revoking twice is allowed. @throws AccountException if there is no such key */
    public ApiKey revoke(Actor actor, String id) {
        ApiKey revoked = database.transaction(tx -> {
            ApiKey key = find(tx, id);
            int rows = tx.sql("update api_key set revoked_at = :now where account_id = :account and id = :id and revoked_at is null")
                    .bind("account", key.accountId())
                    .bind("id", id)
                    .bind("now", clock.instant())
                    .update();
            if (rows > 0) {
                audit.record(tx, actor, key.accountId(), "key.revoke", id, described(key));
            }
            return find(tx, id);
        });
        forget();
        return revoked;
    }

    /** Makes changes that came by another way be felt at once. */
    public void forget() {
        known.invalidateAll();
        unknown.invalidateAll();
    }

    /** Writes down when keys were used, all in one statement; for a job, every minute. */
    public void noteUse() {
        var noted = Map.copyOf(used);
        if (noted.isEmpty()) {
            return;
        }
        List<Map.Entry<ApiKeyName, Instant>> uses = List.copyOf(noted.entrySet());
        database.sql("""
                update api_key k
                   set last_used_at = greatest(k.last_used_at, u.at::timestamptz)
                  from unnest(:accounts::text[], :ids::text[], :moments::text[]) as u (account_id, id, at)
                 where k.account_id = u.account_id and k.id = u.id
                """)
                .bind("accounts", uses.stream().map(use -> use.getKey().accountId()).toList())
                .bind("ids", uses.stream().map(use -> use.getKey().id()).toList())
                .bind("moments", uses.stream().map(use -> use.getValue().toString()).toList())
                .update();
        // What was used again meanwhile stays for the next time.
        noted.forEach(used::remove);
    }

    private Optional<Known> recognize(String hash) {
        if (unknown.getIfPresent(hash) != null) {
            return Optional.empty();
        }
        @Nullable Known found = known.get(hash, it -> database.sql(RECOGNIZE)
                .bind("hash", HexFormat.of().parseHex(it))
                .one(row -> new Known(KeyTable.read(row), status(row),
                        new Limits(row.wholeOrNull("account_requests"), row.wholeOrNull("account_payments"))))
                .orElse(null));
        if (found == null) {
            unknown.put(hash, Boolean.TRUE);
        }
        return Optional.ofNullable(found);
    }

    /** @param code of a pair; null for a key that stands alone */
    private ApiKey.Fresh insert(
            Session tx, String accountId, KeyKind kind, Mode mode, ApiKey.Terms terms, @Nullable Instant expiresAt, @Nullable String code) {
        // Partners were promised sk_..., whatever it may do.
        KeyKind written = code == null ? kind : KeyKind.SECRET;
        Secret text = KeyFormat.next(ids, written, mode);
        String publicKey = code == null ? null : KeyFormat.publicKey(ids, code);
        ApiKey key = tx.sql("""
                        insert into api_key as k (account_id, id, livemode, kind, hash, prefix, last4, name, permissions, allowed_addresses,
                               limit_requests, limit_payments, expires_at, public_key)
                        select id, :id, :livemode, :kind, :hash, :prefix, :last4, :name::text, :permissions::jsonb, :addresses::text[],
                               :requests::int, :payments::int, :expires::timestamptz, :public_key::text
                          from account where id = :account
                        returning\s""" + KeyTable.columns("k"))
                .bind("account", accountId)
                .bind("id", ids.next("key"))
                .bind("livemode", mode.live())
                .bind("kind", kind.name().toLowerCase(Locale.ROOT))
                .bind("hash", KeyFormat.hash(text))
                .bind("prefix", KeyFormat.masked(text, written, mode))
                .bind("last4", KeyFormat.last4(text))
                .bind("name", terms.name())
                .bind("permissions", KeyTable.permissions(terms.permissions()))
                .bind("addresses", terms.addresses().stream().map(Object::toString).toList())
                .bind("requests", terms.limitRequests())
                .bind("payments", terms.limitPayments())
                .bind("expires", expiresAt)
                .bind("public_key", publicKey)
                .one(KeyTable::read)
                .orElseThrow(() -> new AccountException("No account has the id '" + accountId + "'."));
        return new ApiKey.Fresh(key, publicKey == null ? text : Secret.of(publicKey + ":" + text.reveal()));
    }

    private static ObjectNode described(ApiKey key) {
        ObjectNode details = Json.object();
        details.put("key", key.prefix());
        details.put("name", key.terms().name());
        if (key.publicKey() != null) {
            details.put("public_key", key.publicKey());
        }
        if (!key.terms().permissions().all()) {
            details.set("permissions", KeyTable.shown(key.terms().permissions()));
        }
        if (!key.terms().addresses().isEmpty()) {
            details.set("addresses", Json.texts(key.terms().addresses().stream().map(Object::toString).toList()));
        }
        return details;
    }

    private static ApiKey find(Session session, String id) {
        return session.sql("select " + KeyTable.columns("k") + " from api_key k where id = :id")
                .bind("id", id)
                .one(KeyTable::read)
                .orElseThrow(() -> new AccountException("No API key has the id '" + id + "'. 'bezant keys list' shows them;"
                        + " the id starts with key_."));
    }

    private static @Nullable Integer limit(@Nullable Integer own, @Nullable Integer ofAccount) {
        return own == null ? ofAccount : own == 0 ? null : own;
    }

    private static ApiException refused(ErrorCode code, String message) {
        return new ApiException(code, null, message);
    }

    private static Account.Status status(Row row) throws SQLException {
        return Account.Status.valueOf(row.text("status").toUpperCase(Locale.ROOT));
    }
}
