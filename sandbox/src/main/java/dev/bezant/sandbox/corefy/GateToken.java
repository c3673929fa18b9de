package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.world.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The Bearer token that opens the Card Gate for one invoice: an HS256 JWT that lives for an hour (section 4). */
final class GateToken {
    static final Duration LIFE = Duration.ofHours(1);

    private static final String HEADER = encoded("{\"typ\":\"JWT\",\"alg\":\"HS256\"}");

    private GateToken() {}

    static String of(Invoice invoice) {
        var terms = invoice.terms();
        long expires = terms.created().plus(LIFE).getEpochSecond();
        var claims = Json.object().put("sid", terms.gateId()).put("expires", expires).put("exp", expires);
        var signed = HEADER + "." + encoded(new String(Json.bytes(claims), StandardCharsets.UTF_8));
        return signed + "." + signature(signed, terms.gateKey());
    }

    /** The {@code sid} that a token names, proven or not; null if it names none. */
    static @Nullable String gateId(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            return Json.parse(Base64.getUrlDecoder().decode(parts[1])).path("sid").asString(null);
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }

    static boolean isGenuine(String token, Invoice invoice) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), of(invoice).getBytes(StandardCharsets.UTF_8));
    }

    static boolean isExpired(Invoice invoice, Instant now) {
        return !now.isBefore(invoice.terms().created().plus(LIFE));
    }

    private static String signature(String text, String key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
