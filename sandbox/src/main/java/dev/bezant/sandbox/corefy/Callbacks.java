package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.provider.Webhooks;
import dev.bezant.sandbox.provider.Webhooks.Message;
import dev.bezant.sandbox.provider.Webhooks.Persistence;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Sends the whole object after every change of it (section 10). Only 200 is accepted; the n-th retry comes n minutes after the one before. */
final class Callbacks {
    static final String SIGNATURE_HEADER = "X-Signature";
    static final Persistence LADDER = new Persistence(100, Duration::ofMinutes, true, status -> status == 200,
            before -> Map.of("Retry-Count", Integer.toString(before)));

    private static final Set<Status> TOLD_WHEN_FINAL = Set.of(Status.PROCESSED, Status.PARTIALLY_PROCESSED, Status.PROCESS_FAILED, Status.EXPIRED,
            Status.TERMINATED, Status.PARTIALLY_REFUNDED, Status.REFUNDED, Status.REFUND_FAILED, Status.CHARGED_BACK, Status.PARTIALLY_CHARGED_BACK);

    private final Webhooks webhooks;
    private final Accounts accounts;
    private final Store store;
    private final Wire wire;
    private final Set<String> merging = ConcurrentHashMap.newKeySet();

    Callbacks(Webhooks webhooks, Accounts accounts, Store store, Wire wire) {
        this.webhooks = webhooks;
        this.accounts = accounts;
        this.store = store;
        this.wire = wire;
    }

    void changed(Invoice invoice) {
        accounts.find(CorefyProvider.NAME, invoice.account()).ifPresent(account -> {
            long mergeMs = Credentials.number(account, "callback_merge_ms", 0);
            if (mergeMs == 0) {
                send(invoice, account);
            } else if (merging.add(invoice.id())) {
                Thread.ofVirtual().name("callback-merge").start(() -> sendLater(invoice.id(), account, mergeMs));
            }
        });
    }

    /** What happens until then is told by the same callback. */
    private void sendLater(String invoiceId, Account account, long mergeMs) {
        try {
            Thread.sleep(mergeMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } finally {
            merging.remove(invoiceId);
        }
        var invoice = store.invoice(invoiceId);
        if (invoice != null) {
            send(invoice, account);
        }
    }

    private void send(Invoice invoice, Account account) {
        if (Credentials.is(account, "callbacks", "final") && !TOLD_WHEN_FINAL.contains(invoice.state().status())) {
            return;
        }
        send(account, "payment-invoices." + invoice.state().status().wireName(), invoice.terms().urls().callback(), invoice.terms().testMode(),
                wire.document(invoice, account));
    }

    void changed(Payout payout) {
        var terms = payout.terms();
        accounts.find(CorefyProvider.NAME, payout.account()).ifPresent(account -> send(account,
                "payout-invoices." + payout.state().status().wireName(), terms.callbackUrl(), terms.testMode(), wire.document(payout)));
    }

    private void send(Account account, String event, @Nullable String ownUrl, boolean testMode, ObjectNode document) {
        var url = ownUrl != null ? ownUrl : account.get("callback_url");
        if (url == null) {
            return;
        }
        var body = new String(Json.bytes(document), StandardCharsets.UTF_8);
        var secret = account.require(testMode ? "callback_secret" : "callback_secret_live");
        webhooks.send(new Message(CorefyProvider.NAME, account.name(), event, URI.create(url), Map.of("Content-Type", "application/json"), body,
                SIGNATURE_HEADER, signature(secret, body), null, LADDER));
    }

    /** {@code base64(SHA1(secret + body + secret))}. */
    static String signature(String secret, String body) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((secret + body + secret).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
