package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.provider.Webhooks;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Webhooks (section 10): one object per event, signed with the account's webhook key, to the addresses that the request named or else to
 * the account's. Which states are announced beyond the known types is the simulator's choice.
 */
final class Events {
    /**
     * One thing to tell.
     *
     * @param type such as {@code payment.captured}
     * @param field what the object is under: {@code payment}, {@code refund}, {@code payout}, {@code token}, {@code paymentLink}
     * @param urls empty for the account's
     */
    record Event(String account, String type, String field, ObjectNode object, List<String> urls) {
        /** A payment event is named by a status. */
        static Event of(Payment payment, String status, ObjectNode json) {
            return new Event(payment.account(), "payment." + status.toLowerCase(Locale.ROOT), "payment", json, payment.terms().webhookUrls());
        }
    }

    private static final String SIGNATURE_HEADER = "X-GCS-Signature";
    private static final String KEY_HEADER = "X-GCS-KeyId";

    private final Webhooks webhooks;
    private final Accounts accounts;
    private final SandboxClock clock;

    Events(Webhooks webhooks, Accounts accounts, SandboxClock clock) {
        this.webhooks = webhooks;
        this.accounts = accounts;
        this.clock = clock;
    }

    void send(List<Event> events) {
        for (var event : events) {
            accounts.find(WorldlineDirectProvider.NAME, event.account()).ifPresent(account -> send(account, event));
        }
    }

    private void send(Account account, Event event) {
        var own = account.get("webhook_urls");
        var urls = !event.urls().isEmpty() ? event.urls() : own == null ? List.<String>of() : List.of(own.split(","));
        if (urls.isEmpty()) {
            return;
        }
        var envelope = Json.object().put("apiVersion", "v1").put("id", UUID.randomUUID().toString())
                .put("created", Wire.dateTime(clock.instant())).put("merchantId", account.require("merchant_id")).put("type", event.type());
        envelope.set(event.field(), event.object());
        var body = new String(Json.bytes(envelope), StandardCharsets.UTF_8);
        for (var url : urls) {
            webhooks.send(new Webhooks.Message(WorldlineDirectProvider.NAME, account.name(), event.type(), URI.create(url),
                    Map.of("Content-Type", "application/json", KEY_HEADER, account.require("webhooks_key_id")), body, SIGNATURE_HEADER,
                    signature(account, body), null));
        }
    }

    /** Base64, as everything this provider signs. */
    static String signature(Account account, String body) {
        return V1Hmac.sign(body, account.require("webhooks_secret"));
    }
}
