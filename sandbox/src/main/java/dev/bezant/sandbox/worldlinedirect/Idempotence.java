package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpReply;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Claim;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code X-GCS-Idempotence-Key} (sections 0 and 1.1). A key counts per merchant and address. What was answered to it is kept with the
 * effect itself, in one journal line: done and answerable, or neither. Kept are answers that something was done for, declines among them;
 * a request that was refused leaves its key free (choice). Thread-safe.
 */
final class Idempotence {
    /**
     * @param key merchant, address and key
     * @param requestHash of the body as JSON
     * @param packed the answer's body, deflated: there are many, and few are ever read
     */
    record Remembered(String key, String requestHash, Instant requested, Instant expires, int status, byte[] packed) {}

    static final Duration RETENTION = Duration.ofHours(24);
    private static final String HEADER = "x-gcs-idempotence-key";
    private static final String REQUEST_TIMESTAMP = "X-GCS-Idempotence-Request-Timestamp";
    private static final String RESPONSE_DATETIME = "IdempotencyResponseDatetime";

    private final Store store;
    private final SandboxClock clock;
    private final Map<String, Instant> underWay = new ConcurrentHashMap<>();

    Idempotence(Store store, SandboxClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What the request's key is known by, or null if it has none that means something. */
    static @Nullable String keyOf(Operation operation, Account account, HttpRequest request) {
        var key = request.header(HEADER);
        if (key == null || key.isBlank() || !Operations.isIdempotent(operation)) {
            return null;
        }
        return account.require("merchant_id") + " " + request.path() + " " + key;
    }

    /** Lets one request of a key through at a time. */
    Claim claim(String key) {
        if (find(key) != null) {
            return Claim.NOTHING;
        }
        var first = underWay.putIfAbsent(key, clock.instant());
        if (first == null) {
            return new Claim.Granted(() -> underWay.remove(key));
        }
        // The SDKs look for error code 1409, which the service does not send here: they see an unknown reference (section 5).
        var problem = ProblemException.conflict("DUPLICATE_REQUEST_IN_PROGRESS", "50001409", "DUPLICATE_REQUEST_IN_PROGRESS");
        return new Claim.Refused(new HttpReply.Answer(
                problem.response().with(REQUEST_TIMESTAMP, Long.toString(first.toEpochMilli()))));
    }

    /** When the key's first request arrived, for one that is being worked on. */
    Instant requested(String key) {
        var known = underWay.get(key);
        return known == null ? clock.instant() : known;
    }

    /**
     * What was answered the first time, or null.
     *
     * @throws ProblemException 409 if the account's service compares bodies and this one differs
     */
    @Nullable HttpResponse replay(String key, Account account, JsonNode body) {
        var first = find(key);
        if (first == null) {
            return null;
        }
        if ("true".equals(account.get("idempotence_compares_bodies")) && !first.requestHash().equals(hash(body))) {
            throw ProblemException.conflict("IDEMPOTENCE_KEY_ALREADY_USED", "1409", "The key was used for a request with another body");
        }
        return HttpResponse.json(first.status(), unpacked(first.packed()))
                .with(REQUEST_TIMESTAMP, Long.toString(first.requested().toEpochMilli()))
                .with(RESPONSE_DATETIME, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(first.requested().atOffset(ZoneOffset.UTC)));
    }

    Remembered remember(String key, Account account, JsonNode body, int status, JsonNode answer) {
        var hours = account.get("idempotence_hours");
        var kept = hours == null ? RETENTION : Duration.ofHours(Long.parseLong(hours));
        return new Remembered(key, hash(body), requested(key), clock.instant().plus(kept), status, packed(Json.bytes(answer)));
    }

    private static byte[] packed(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var deflated = new DeflaterOutputStream(out)) {
            deflated.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return out.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("what was packed here can be unpacked", e);
        }
    }

    private @Nullable Remembered find(String key) {
        var found = store.remembered().get(key);
        return found == null || !clock.instant().isBefore(found.expires()) ? null : found;
    }

    /** Of the body as it reads, not as it is spaced. */
    private static String hash(JsonNode body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Json.bytes(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
