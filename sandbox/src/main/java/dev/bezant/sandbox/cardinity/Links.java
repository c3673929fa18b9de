package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Payment links through the API (section 2.4). Thread-safe. */
final class Links {
    /** A link that would expire a year ahead or later is refused; the exact limit of the real service is not known. */
    private static final Duration LIFE_MAX = Duration.ofDays(365);

    private final Store store;
    private final SandboxClock clock;

    Links(Store store, SandboxClock clock) {
        this.store = store;
        this.clock = clock;
    }

    PaymentLink create(Account account, ObjectNode body) {
        if ("false".equals(account.get("links_enabled"))) {
            throw new ProblemException(400, "Payment links are disabled for this account", Json.array());
        }
        var violations = new Violations();
        var fields = new Fields(body, violations);
        var currency = PaymentRequest.currency(fields, account);
        long cents = PaymentRequest.amount(fields, 50, currency);
        var description = fields.required("description", 1, 255);
        var country = fields.text("country");
        if (country != null && !PaymentRequest.isCountry(country)) {
            fields.refuse("country", "must be an ISO 3166-1 alpha-2 code");
        }
        var expiration = expiration(fields);
        boolean multipleUse = fields.flag("multiple_use", false);
        violations.refuseIfAny();
        var link = new PaymentLink(UUID.randomUUID().toString(), account.name(), cents, currency, description, country, expiration,
                multipleUse, true, false, 0);
        store.commit(List.of(link), List.of());
        return link;
    }

    PaymentLink update(PaymentLink found, ObjectNode body) {
        var violations = new Violations();
        var fields = new Fields(body, violations);
        if (!fields.has("expiration_date") && !fields.has("enabled")) {
            fields.refuse("expiration_date", "expiration_date or enabled must be given");
        }
        var expiration = expiration(fields);
        synchronized (store.linkLock()) {
            var link = current(found);
            boolean enabled = fields.flag("enabled", link.enabled());
            if (link.deleted()) {
                fields.refuse("deleted", "the link is deleted");
            }
            violations.refuseIfAny();
            var changed = link.changed(expiration == null ? link.expirationDate() : expiration, enabled);
            store.commit(List.of(changed), List.of());
            return changed;
        }
    }

    PaymentLink delete(PaymentLink found) {
        synchronized (store.linkLock()) {
            var deleted = current(found).asDeleted();
            store.commit(List.of(deleted), List.of());
            return deleted;
        }
    }

    private PaymentLink current(PaymentLink found) {
        var link = store.link(found.id());
        if (link == null) {
            throw ProblemException.notFound("Payment link " + found.id());
        }
        return link;
    }

    private @Nullable Instant expiration(Fields fields) {
        var text = fields.text("expiration_date");
        if (text == null) {
            return null;
        }
        if (!text.endsWith("Z")) {
            fields.refuse("expiration_date", "must be a date and time in UTC, ending in Z");
            return null;
        }
        try {
            var expiration = Instant.parse(text);
            if (!expiration.isAfter(clock.instant())) {
                fields.refuse("expiration_date", "must be a future date");
            } else if (!expiration.isBefore(clock.instant().plus(LIFE_MAX))) {
                fields.refuse("expiration_date", "must be less than a year ahead");
            }
            return expiration;
        } catch (DateTimeException e) {
            fields.refuse("expiration_date", "must be a date and time in UTC, ending in Z");
            return null;
        }
    }
}
