package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.http.HttpReply;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.provider.Claim;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Knows operations by the ids that merchants give them: a repetition is answered as the first request was, and a technical reversal finds what
 * to take back. What the service does with duplicates is not known (section 9): the account's settings choose.
 */
final class Repetitions {
    /**
     * An operation that was answered.
     *
     * @param key the merchant and the operation's id
     * @param operation such as {@code processPayment}
     * @param path that it was sent to
     * @param requestHash of the body as JSON
     * @param status 0 for one that was never seen, and must not be done any more
     * @param packed the answer's body, deflated: there are many, and few are ever read
     * @param subject the payment or refund that it made or changed; null if it was about none
     * @param declined whether the answer was a decline
     * @param reversed whether it was taken back
     */
    record Done(String key, String operation, String path, String requestHash, int status, byte[] packed, @Nullable String subject,
            boolean declined, boolean reversed) {
        static Done blocked(String key) {
            return new Done(key, "", "", "", 0, new byte[0], null, false, true);
        }

        Done reverse() {
            return new Done(key, operation, path, requestHash, status, packed, subject, declined, true);
        }
    }

    private final Store store;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Repetitions(Store store) {
        this.store = store;
    }

    /** What the request's operation is known by, or null if it names none. */
    static @Nullable String keyOf(Operation operation, Account account, HttpRequest request) {
        if (!request.method().equals("POST") || !Operations.isOfMerchant(operation) || operation.id().equals("requestDccRate")) {
            return null;
        }
        try {
            var id = Json.parse(request.body()).path("operationId").asString("");
            return id.isBlank() ? null : Merchant.of(account).keyOf(id);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Lets one request of an id through at a time. */
    Claim claim(String key) {
        if (underWay.add(key)) {
            return new Claim.Granted(() -> underWay.remove(key));
        }
        return new Claim.Refused(new HttpReply.Answer(inProgress().response()));
    }

    boolean isUnderWay(String key) {
        return underWay.contains(key);
    }

    static ProblemException inProgress() {
        return ProblemException.conflict("operation-in-progress", "The first request with this operationId has not finished yet");
    }

    /**
     * What was answered the first time, or null if this is to be done.
     *
     * @throws ProblemException 409 if it must not
     */
    @Nullable Answer replay(String key, Account account, HttpRequest request, JsonNode body) {
        var first = store.operation(key);
        if (first == null) {
            return null;
        }
        if (first.reversed()) {
            throw ProblemException.conflict("operation-reversed", "The operation with this operationId was taken back");
        }
        boolean same = first.path().equals(request.path()) && first.requestHash().equals(hash(body));
        if (!same && first.declined() && isMeantRetry(body)) {
            return null;
        }
        return switch (Settings.duplicates(account)) {
            case REPLAY -> {
                if (!same) {
                    throw ProblemException.conflict("duplicate-operation", "The operationId was used for another request");
                }
                yield answerOf(first);
            }
            case REPLAY_ANY -> {
                if (!first.path().equals(request.path())) {
                    throw ProblemException.conflict("duplicate-operation", "The operationId was used for another request");
                }
                yield answerOf(first);
            }
            case REFUSE -> throw ProblemException.conflict("duplicate-operation", "The operationId was used before");
        };
    }

    Done done(String key, Operation operation, HttpRequest request, JsonNode body, Answer answer, @Nullable String subject) {
        boolean declined = answer.body().path("responseCodeCategory").asString("").equals("DECLINED");
        return new Done(key, operation.id(), request.path(), hash(body), answer.status(), packed(Json.bytes(answer.body())), subject, declined, false);
    }

    /** The terminal asks again, with another PIN (section 2.4). */
    private static boolean isMeantRetry(JsonNode body) {
        return body.path("cardPaymentData").path("pointOfSaleData").path("isRetryWithTheSameOperationId").asBoolean(false);
    }

    private static Answer answerOf(Done first) {
        return new Answer(first.status(), Json.parse(unpacked(first.packed())));
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

    /** Of the body as it reads, not as it is spaced. */
    private static String hash(JsonNode body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Json.bytes(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
