package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.world.Account;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The signed requests of the intents dialect (section 13). How old a timestamp may be is the simulator's choice. */
final class IntentSignature {
    private static final Duration AGE_MAX = Duration.ofMinutes(5);

    private IntentSignature() {}

    /** @throws IntentProblem 401 unless everything fits */
    static Account authenticate(HttpRequest request, @Nullable Account account, Instant now) {
        var key = request.header("x-api-key");
        var timestamp = request.header("x-timestamp");
        var signature = request.header("x-signature");
        if (account == null || key == null || timestamp == null || signature == null) {
            throw refused("Authorization, X-API-Key, X-Client-Key, X-Timestamp and X-Signature are required");
        }
        if (!equal(key, account.require("api_key")) || !equal(String.valueOf(request.header("authorization")), "Bearer " + key)) {
            throw refused("The API key is not valid");
        }
        if (!timestamp.matches("\\d{1,12}")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs().compareTo(AGE_MAX) > 0) {
            throw refused("The timestamp is not within " + AGE_MAX.toMinutes() + " minutes");
        }
        var signed = request.method() + "\n" + request.path() + "\n" + request.bodyText() + "\n" + timestamp;
        if (!equal(signature, hmacSha256(account.require("secret_key"), signed))) {
            throw refused("The signature is not valid");
        }
        return account;
    }

    /** Lower-case hex. */
    static String hmacSha256(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static IntentProblem refused(String message) {
        return new IntentProblem(401, "authentication_error", message);
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
