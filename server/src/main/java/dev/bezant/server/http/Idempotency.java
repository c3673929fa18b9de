package dev.bezant.server.http;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.CardNumbers;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a POST with an Idempotency-Key happen once.
 *
 * <p>The key is claimed in the commit that begins the work and answered in the commit that ends it. Work that calls nobody outside
 * does both in one transaction ({@link #once}); money paths put {@link #CLAIM} and {@link #ANSWER} into their own statements.
 *
 * @see "docs/protocols/payments-api.md, section 4"
 */
public final class Idempotency {
    /** How long an answer is kept at least. */
    public static final Duration RETENTION = Duration.ofHours(24);

    private static final int KEY_LENGTH_MAX = 255;

    /**
     * Parts of a statement whose every later part must depend on {@code won}. Bind {@link #claim}. Without a key it is always won.
     *
     * <p>A part {@code ready} must come before it, with a row if and only if the work can begin: a key is never claimed in vain.
     */
    public static final String CLAIM = """
            claim as (
                insert into idempotency_key (account_id, livemode, key, id, method_path, fingerprint, request_id)
                select :account, :livemode, :idem_key::text, :idem_id, :idem_path, :idem_fingerprint::bytea, :request
                 where :idem_key::text is not null and exists (select 1 from ready)
                on conflict do nothing
                returning id
            ), won as (
                select 1 from ready where :idem_key::text is null or exists (select 1 from claim)
            )""";

    /** Stores the answer, unless another has been stored. Bind idem_id (may be null), idem_status and idem_body; needs a {@code moved} part. */
    public static final String ANSWER = """
            answered as (
                update idempotency_key set status_code = :idem_status::int, body = :idem_body
                 where account_id = :account and id = :idem_id::text and status_code is null and exists (select 1 from moved)
            )""";

    /** Keyed, so that a stored fingerprint of a request with a card number tells nothing. */
    @FunctionalInterface
    public interface Fingerprint {
        byte[] of(String canonical);
    }

    /** Keeps answers that hold a secret: encrypted, each bound to its row. */
    public interface Sealer {
        byte[] seal(String accountId, String id, String answer);

        String open(String accountId, String id, byte[] sealed);
    }

    private final Database database;
    private final Ids ids;
    private final Fingerprint fingerprint;
    private final Sealer sealer;

    public Idempotency(Database database, Ids ids, Fingerprint fingerprint, Sealer sealer) {
        this.database = database;
        this.ids = ids;
        this.fingerprint = fingerprint;
        this.sealer = sealer;
    }

    /** The parameters of {@link #CLAIM}, {@code account} and {@code livemode} and {@code request} included. */
    public Map<String, @Nullable Object> claim(ApiRequest request) {
        var values = new HashMap<String, @Nullable Object>();
        boolean keyed = request.idempotencyKey() != null;
        values.put("account", request.caller().accountId());
        values.put("livemode", request.caller().livemode());
        values.put("request", request.requestId());
        values.put("idem_key", request.idempotencyKey());
        values.put("idem_id", keyed ? ids.next("idem") : null);
        values.put("idem_path", request.methodPath());
        values.put("idem_fingerprint", keyed ? fingerprint(request) : null);
        return values;
    }

    /** The same for work that no request began. */
    public static Map<String, @Nullable Object> unclaimed(String accountId, boolean livemode) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("account", accountId);
        values.put("livemode", livemode);
        for (String name : List.of("request", "idem_key", "idem_id", "idem_path", "idem_fingerprint")) {
            values.put(name, null);
        }
        return values;
    }

    /**
     * What an earlier request with the same key left, if there was one.
     *
     * @throws ApiException 400 if it was another request, 409 if it is still running
     */
    public Optional<ApiResponse> replay(ApiRequest request) {
        if (request.idempotencyKey() == null) {
            return Optional.empty();
        }
        return database.sql("""
                        select id, method_path, fingerprint, status_code, body, sealed_body from idempotency_key
                         where account_id = :account and livemode = :livemode and key = :key
                        """)
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("key", request.idempotencyKey())
                .one(row -> {
                    checkSame(request, row.text("method_path"), row.bytes("fingerprint"));
                    Integer status = row.wholeOrNull("status_code");
                    if (status == null) {
                        throw new ApiException(ErrorCode.IDEMPOTENCY_KEY_IN_USE, null,
                                "The first request with this Idempotency-Key is still running. Try again in a moment with the same key.")
                                .header("Stripe-Should-Retry", "true")
                                .header("Retry-After", "1");
                    }
                    byte[] sealed = row.bytesOrNull("sealed_body");
                    return ApiResponse.replayed(status, sealed == null
                            ? row.text("body")
                            : sealer.open(request.caller().accountId(), row.text("id"), sealed));
                });
    }

    /** Runs local work and stores its answer, in one transaction; or gives the stored answer. */
    public ApiResponse once(ApiRequest request, Function<Session, ObjectNode> work) {
        return once(request, false, work);
    }

    /** @param secret whether the answer is to be kept encrypted */
    ApiResponse once(ApiRequest request, boolean secret, Function<Session, ObjectNode> work) {
        if (request.idempotencyKey() == null) {
            return ApiResponse.ok(database.transaction(work));
        }
        Optional<ApiResponse> stored = replay(request);
        if (stored.isPresent()) {
            return stored.get();
        }
        Optional<String> done = database.transaction(tx -> {
            Map<String, @Nullable Object> claim = claim(request);
            boolean won = tx.sql("with ready as (select 1), " + CLAIM + " select 1 from won").bind(claim).one(row -> true).isPresent();
            if (!won) {
                return Optional.empty();
            }
            String body = Json.write(work.apply(tx));
            String account = request.caller().accountId();
            String id = String.valueOf(claim.get("idem_id"));
            tx.sql("""
                            update idempotency_key set status_code = 200, body = :body::text, sealed_body = :sealed::bytea
                             where account_id = :account and id = :id
                            """)
                    .bind("body", secret ? null : body)
                    .bind("sealed", secret ? sealer.seal(account, id, body) : null)
                    .bind("account", account)
                    .bind("id", id)
                    .update();
            return Optional.of(body);
        });
        return done.map(body -> ApiResponse.of(200, body)).or(() -> replay(request)).orElseThrow(() ->
                new IllegalStateException("An idempotency key was neither won nor found"));
    }

    /** What is known of a key, without the answer itself: what it was first used for, whether that is answered, how long it is kept. */
    public Optional<ObjectNode> look(Caller caller, String key) {
        return database.sql("""
                        select id, method_path, request_id, status_code, created_at from idempotency_key
                         where account_id = :account and livemode = :livemode and key = :key
                        """)
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("key", key)
                .one(row -> {
                    String[] methodPath = row.text("method_path").split(" ", 2);
                    Integer status = row.wholeOrNull("status_code");
                    Instant created = row.moment("created_at");
                    ObjectNode shown = Json.object();
                    shown.put("id", row.text("id"));
                    shown.put("object", "idempotency_key");
                    shown.put("answered", status != null);
                    shown.put("created", created.getEpochSecond());
                    shown.put("key", key);
                    // What is not resolved does not expire.
                    shown.put("kept_until", status == null ? null : (Long) created.plus(RETENTION).getEpochSecond());
                    shown.put("livemode", caller.livemode());
                    shown.put("method", methodPath[0]);
                    shown.put("path", methodPath[1]);
                    shown.put("request", row.text("request_id"));
                    shown.put("status", status);
                    return shown;
                });
    }

    /** Replaces a stored answer by the same answer with objects expanded. */
    void storeExpanded(ApiRequest request, String unexpanded, String expanded) {
        if (request.idempotencyKey() == null) {
            return;
        }
        database.sql("""
                        update idempotency_key set body = :expanded
                         where account_id = :account and livemode = :livemode and key = :key and body = :unexpanded
                        """)
                .bind("expanded", expanded)
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("key", request.idempotencyKey())
                .bind("unexpanded", unexpanded)
                .update();
    }

    /** Forgets answers past retention. Keys whose work is unresolved stay. */
    public int forgetOld() {
        return database.sql("""
                        delete from idempotency_key
                         where status_code is not null and created_at < now() - make_interval(hours => :hours)
                        """)
                .bind("hours", (int) RETENTION.toHours())
                .update();
    }

    static @Nullable String checkedKey(@Nullable String key) {
        if (key == null || key.isBlank()) {
            return null;
        }
        if (key.length() > KEY_LENGTH_MAX || key.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw ApiException.invalid("Idempotency-Key", "Invalid Idempotency-Key: at most " + KEY_LENGTH_MAX
                    + " printable ASCII characters are allowed; a random UUID is a good key.");
        }
        if (CardNumbers.surelyIn(key)) {
            throw ApiException.invalid("Idempotency-Key", "Invalid Idempotency-Key: it holds what looks like a card number, and keys are stored"
                    + " and shown. A random UUID is a good key.");
        }
        return key;
    }

    private void checkSame(ApiRequest request, String methodPath, byte[] stored) {
        if (!methodPath.equals(request.methodPath()) || !MessageDigest.isEqual(stored, fingerprint(request))) {
            throw new ApiException(400, ErrorCode.Type.IDEMPOTENCY, null, null, "This Idempotency-Key was first used for " + methodPath
                    + " with other parameters or on another path. Keys can be repeated only with the same request; use a new key.");
        }
    }

    private byte[] fingerprint(ApiRequest request) {
        return fingerprint.of(request.methodPath() + "\n" + request.params().canonical());
    }
}
