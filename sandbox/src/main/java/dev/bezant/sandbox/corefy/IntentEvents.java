package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.provider.Webhooks;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The events of the intents dialect (section 13): an envelope, signed with HMAC-SHA256 in hexadecimal, to the account's address. */
final class IntentEvents {
    private final Webhooks webhooks;
    private final Accounts accounts;
    private final SandboxClock clock;

    IntentEvents(Webhooks webhooks, Accounts accounts, SandboxClock clock) {
        this.webhooks = webhooks;
        this.accounts = accounts;
        this.clock = clock;
    }

    void changed(Invoice invoice) {
        var state = invoice.state();
        var type = switch (state.status()) {
            case PROCESSED, PARTIALLY_PROCESSED -> "payment.succeeded";
            case PARTIALLY_REFUNDED, REFUNDED -> "refund.succeeded";
            case CREATED, PROCESS_PENDING -> state.failures() > 0 && state.attempt() == null ? "payment.failed" : null;
            case PROCESS_FAILED, EXPIRED, TERMINATED, REFUND_PENDING, REFUND_FAILED, CHARGED_BACK, PARTIALLY_CHARGED_BACK -> null;
        };
        if (type != null) {
            var terms = invoice.terms();
            var attempt = state.attempt();
            send(invoice.account(), type, Json.object().put("payment_id", attempt == null ? null : attempt.id())
                    .put("payment_intent_id", invoice.publicId()).put("customer_id", terms.customerReference())
                    .put("amount", Money.text(terms.amount(), terms.currency())).put("currency", terms.currency())
                    .put("status", type.substring(type.indexOf('.') + 1)).put("payment_method", "card").put("reference_id", terms.referenceId()));
        }
    }

    void send(String accountName, String type, ObjectNode members) {
        var account = accounts.find(CorefyProvider.NAME, accountName).orElse(null);
        @Nullable String url = account == null ? null : account.get("callback_url");
        if (account == null || url == null) {
            return;
        }
        var event = Json.object().put("event_type", type).put("event_id", Ids.next("evt_")).put("event_time", clock.instant().toString());
        members.properties().forEach(member -> event.set(member.getKey(), member.getValue()));
        var body = new String(Json.bytes(event), StandardCharsets.UTF_8);
        webhooks.send(new Webhooks.Message(CorefyProvider.NAME, accountName, type, URI.create(url), Map.of("Content-Type", "application/json"), body,
                Callbacks.SIGNATURE_HEADER, IntentSignature.hmacSha256(account.require("callback_secret"), body), null, Callbacks.LADDER));
    }
}
