package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.provider.Webhooks;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * Event webhooks (section 8). The real service has none; an account opts in with {@code webhook_url} and
 * {@code webhook_secret}.
 */
final class Events {
    private static final String SIGNATURE_HEADER = "X-Cardinity-Signature";

    private final Webhooks webhooks;
    private final Accounts accounts;
    private final SandboxClock clock;

    Events(Webhooks webhooks, Accounts accounts, SandboxClock clock) {
        this.webhooks = webhooks;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * @param type such as {@code payment.approved}
     * @param resource as the API shows it
     */
    void send(String account, String type, ObjectNode resource) {
        accounts.find(CardinityProvider.NAME, account)
                .filter(found -> found.get("webhook_url") != null)
                .ifPresent(found -> send(found, type, resource));
    }

    private void send(Account account, String type, ObjectNode resource) {
        var envelope = Json.object().put("id", UUID.randomUUID().toString()).put("type", type)
                .put("created", Wire.created(clock.instant()));
        envelope.set("data", resource);
        var body = new String(Json.bytes(envelope), StandardCharsets.UTF_8);
        var secret = account.get("webhook_secret");
        webhooks.send(new Webhooks.Message(CardinityProvider.NAME, account.name(), type, URI.create(account.require("webhook_url")),
                Map.of("Content-Type", "application/json"), body, SIGNATURE_HEADER,
                secret == null ? null : hmacSha256(secret, body), null));
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
}
