package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.World;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything this provider knows. Whoever reads in order to write holds {@link #lock} until {@link #commit}; nothing blocks under it, so
 * one lock for all is enough.
 */
final class Store {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final World world;
    private final Object lock = new Object();
    private final Shelf<Payment> payments;
    private final Shelf<Payout> payouts;
    private final Shelf<Token> tokens;
    private final Shelf<HostedCheckout> checkouts;
    private final Shelf<HostedTokenization> tokenizations;
    private final Shelf<FieldsSession> fieldsSessions;
    private final Shelf<ClientSession> clientSessions;
    private final Shelf<Mandate> mandates;
    private final Shelf<PaymentLink> links;
    private final Shelf<Batch> batches;
    private final Shelf<Idempotence.Remembered> remembered;
    private final Shelf<Vault.CardKey> cardKeys;
    private final Shelf<Vault.BrowserKey> browserKeys;
    private final Shelf<Certificates.Issued> certificates;
    private final List<Shelf<?>> shelves;

    Store(World world) {
        this.world = world;
        payments = new Shelf<>(world, "payment", Payment.class, Payment::id,
                payment -> payment.terms().journey() == null ? null : payment.terms().journey().page(), Payment::hasSomethingDue);
        payouts = new Shelf<>(world, "payout", Payout.class, Payout::id, _ -> null, payout -> payout.dueAt() != null);
        tokens = Shelf.plain(world, "token", Token.class, Token::id);
        checkouts = new Shelf<>(world, "checkout", HostedCheckout.class, HostedCheckout::id, HostedCheckout::page, HostedCheckout::isOpen);
        tokenizations = new Shelf<>(world, "tokenization", HostedTokenization.class, HostedTokenization::id, HostedTokenization::page,
                _ -> false);
        fieldsSessions = new Shelf<>(world, "fields", FieldsSession.class, FieldsSession::id, FieldsSession::page, _ -> false);
        clientSessions = Shelf.plain(world, "session", ClientSession.class, ClientSession::id);
        mandates = new Shelf<>(world, "mandate", Mandate.class, Mandate::key, Mandate::page, _ -> false);
        links = new Shelf<>(world, "link", PaymentLink.class, PaymentLink::id, PaymentLink::page, PaymentLink::isActive);
        batches = Shelf.plain(world, "batch", Batch.class, Batch::key);
        remembered = new Shelf<>(world, "idempotence", Idempotence.Remembered.class, Idempotence.Remembered::key, _ -> null, _ -> false);
        cardKeys = Shelf.plain(world, "cardkey", Vault.CardKey.class, _ -> "");
        browserKeys = Shelf.plain(world, "browserkey", Vault.BrowserKey.class, _ -> "");
        certificates = Shelf.plain(world, "certificate", Certificates.Issued.class, Certificates.Issued::merchantId);
        shelves = List.of(payments, payouts, tokens, checkouts, tokenizations, fieldsSessions, clientSessions, mandates, links, batches,
                remembered, cardKeys, browserKeys, certificates);
    }

    Object lock() {
        return lock;
    }

    /** Makes everything of a piece of work durable and visible at once. */
    void commit(Work work) {
        if (work.saved().isEmpty() && work.movements().isEmpty()) {
            return;
        }
        var changes = new ArrayList<World.Change>();
        work.saved().forEach(thing -> changes.add(changeOf(thing)));
        world.commit(changes, work.movements());
    }

    private World.Change changeOf(Object thing) {
        for (var shelf : shelves) {
            var change = shelf.change(thing);
            if (change != null) {
                return change;
            }
        }
        throw new IllegalArgumentException("not stored here: " + thing.getClass());
    }

    /** A decimal base that nothing has yet. Under the lock. */
    String newBase() {
        while (true) {
            var base = Long.toString(1_000_000_000L + RANDOM.nextLong(9_000_000_000L));
            if (payments.get(base) == null && payouts.get(base) == null && checkouts.get(base) == null) {
                return base;
            }
        }
    }

    /** 32 hexadecimal digits that nobody guesses. */
    static String secret() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Shelf<Payment> payments() {
        return payments;
    }

    Shelf<Payout> payouts() {
        return payouts;
    }

    Shelf<Token> tokens() {
        return tokens;
    }

    Shelf<HostedCheckout> checkouts() {
        return checkouts;
    }

    Shelf<HostedTokenization> tokenizations() {
        return tokenizations;
    }

    Shelf<FieldsSession> fieldsSessions() {
        return fieldsSessions;
    }

    Shelf<ClientSession> clientSessions() {
        return clientSessions;
    }

    Shelf<Mandate> mandates() {
        return mandates;
    }

    Shelf<PaymentLink> links() {
        return links;
    }

    Shelf<Batch> batches() {
        return batches;
    }

    Shelf<Idempotence.Remembered> remembered() {
        return remembered;
    }

    Vault.@Nullable CardKey cardKey() {
        return cardKeys.get("");
    }

    Vault.@Nullable BrowserKey browserKey() {
        return browserKeys.get("");
    }

    Shelf<Certificates.Issued> certificates() {
        return certificates;
    }
}
