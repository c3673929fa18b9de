package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.corefy.Payout.Status;
import dev.bezant.sandbox.corefy.Services.Service;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.Luhn;
import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Money out (section 8). Thread-safe. */
final class Payouts {
    private static final String QUEUED_WORD = "sim-queued";

    private final Store store;
    private final SandboxClock clock;
    private final Consumer<Payout> told;

    /** What the recipient's details say about how it ends. */
    private record Ending(Status status, String resolution) {
        static final Ending PAID = new Ending(Status.PROCESSED, Payout.State.OK);
    }

    Payouts(Store store, SandboxClock clock, Consumer<Payout> told) {
        this.store = store;
        this.clock = clock;
        this.told = told;
    }

    /** @param opening what the account began with, minor units */
    Payout create(Account account, Attributes json, long opening) {
        var currency = json.currency("currency");
        var code = json.required("service");
        var service = Services.payOut(code).filter(found -> currency.isEmpty() || found.currency().equals(currency));
        if (!code.isEmpty() && service.isEmpty()) {
            json.refuse("service", "is not a payout service of this account in this currency");
        }
        var customer = json.raw("customer");
        if (customer != null) {
            json.object("customer").required("reference_id");
        }
        var saved = saved(account, json, customer);
        var ending = service.map(found -> ending(found, json, saved)).orElse(Ending.PAID);
        var reference = json.required("reference_id");
        boolean autoProcess = json.object("options").flag("auto_process", true);
        var now = clock.instant();
        var terms = new Payout.Terms(reference, code, currency, json.amount("amount", currency),
                json.flag("test_mode", false), now, json.text("description"), masked(json.raw("fields")), customer, json.raw("metadata"),
                json.webAddress("callback_url"), store.nextSerial(), ending.status(), ending.resolution());
        json.refuseIfAny();
        var payout = new Payout(Ids.next("cpoi_"), account.name(), terms, new Payout.State(Status.CREATED, Payout.State.OK, now, null, null));
        synchronized (store.lockOf(account.name() + "/" + reference)) {
            refuseUsedReference(account, reference);
            save(payout, List.of());
        }
        return autoProcess ? process(payout.id(), opening) : payout;
    }

    private void refuseUsedReference(Account account, String reference) {
        boolean used = Credentials.is(account, "unique_references", "all")
                && store.payouts(account.name()).stream().anyMatch(other -> other.terms().referenceId().equals(reference));
        if (used) {
            throw RefusedException.attribute("reference_id", "has been used before");
        }
    }

    private @Nullable SavedCard saved(Account account, Attributes json, @Nullable ObjectNode customer) {
        var token = json.text("token");
        if (token == null) {
            return null;
        }
        var saved = store.savedCard(account.name(), token);
        var owner = customer == null ? "" : customer.path("reference_id").asString("");
        if (saved == null || !owner.equals(saved.owner())) {
            json.refuse("token", "is not a token of this customer");
            return null;
        }
        return saved;
    }

    private static Ending ending(Service service, Attributes json, @Nullable SavedCard saved) {
        var fields = json.object("fields");
        if (service.method().equals("test")) {
            if (!fields.required("account").matches("\\d{1,15}")) {
                fields.refuse("account", "must be 1 to 15 digits");
            }
            return testEnding(fields);
        }
        if (!service.takesCards()) {
            fields.required("account_number");
            return Ending.PAID;
        }
        var number = fields.text("card_number");
        if (number == null && saved != null) {
            return cardEnding(saved.card().behaviour());
        }
        if (number == null || number.length() < 12 || !Luhn.holds(number)) {
            fields.refuse("card_number", "must be a valid card number");
            return Ending.PAID;
        }
        return cardEnding(CardBehaviour.of(number));
    }

    private static Ending testEnding(Attributes fields) {
        var status = Optional.ofNullable(fields.text("test_details_payout_status")).orElse("processed");
        var resolution = Optional.ofNullable(fields.text("test_details_payout_resolution")).orElse(Payout.State.OK);
        var known = Stream.of(Status.values()).filter(candidate -> candidate.wireName().equals(status)).findFirst();
        if (known.isEmpty()) {
            fields.refuse("test_details_payout_status", "is not a payout status");
        }
        return new Ending(known.orElse(Status.PROCESSED), resolution.toUpperCase(Locale.ROOT));
    }

    /** A recipient's card that is never charged successfully takes no money either. */
    private static Ending cardEnding(CardBehaviour card) {
        var shared = card.shared();
        boolean refused = shared == null
                ? card.own() == CardBehaviour.Own.FAILURE || card.own() == CardBehaviour.Own.CHALLENGE_THEN_FAILURE
                : shared.refusalOf(1) != null;
        return refused ? new Ending(Status.PROCESS_FAILED, "DECLINED_ERROR") : Ending.PAID;
    }

    Payout process(String id, long opening) {
        synchronized (store.lockOf(id)) {
            var payout = current(id);
            if (payout.isTakenUp()) {
                throw new RefusedException(422, "The payout is " + payout.state().status().wireName() + " and cannot be processed");
            }
            var terms = payout.terms();
            boolean covered = terms.amount() <= opening + store.balances().moved(payout.account(), terms.currency());
            if (!covered) {
                return end(payout, Status.PROCESS_FAILED, "INSUFFICIENT_FUNDS");
            }
            return switch (terms.description()) {
                case null -> end(payout, terms.ends(), terms.resolution());
                case Invoices.PENDING_WORD -> later(payout, Status.PROCESS_PENDING);
                case QUEUED_WORD -> later(payout, Status.CREATED);
                case Invoices.PARTIAL_WORD -> end(payout, Status.PARTIALLY_PROCESSED, Payout.State.OK);
                default -> end(payout, terms.ends(), terms.resolution());
            };
        }
    }

    /** Ends a payout that waits, as Corefy's staff or its own page can; null if it does not wait any more. */
    @Nullable Payout complete(String id, boolean approved) {
        synchronized (store.lockOf(id)) {
            var payout = store.payout(id);
            if (payout == null || (payout.state().status() != Status.PROCESS_PENDING && payout.state().status() != Status.CREATED)) {
                return null;
            }
            return approved ? end(payout, Status.PROCESSED, Payout.State.OK) : end(payout, Status.PROCESS_FAILED, "DECLINED_ERROR");
        }
    }

    void completeDue() {
        var now = clock.instant();
        for (var payout : store.pendingPayouts()) {
            if (payout.state().dueAt() != null && !now.isBefore(payout.state().dueAt())) {
                complete(payout.id(), true);
            }
        }
    }

    private Payout later(Payout payout, Status meanwhile) {
        var now = clock.instant();
        var state = new Payout.State(meanwhile, Payout.State.OK, now, null, now.plus(Invoices.PENDING));
        return save(payout.with(state), List.of());
    }

    private Payout end(Payout payout, Status status, String resolution) {
        var now = clock.instant();
        boolean paid = status == Status.PROCESSED;
        var ended = payout.with(new Payout.State(status, resolution, now, paid ? now : null, null));
        var terms = payout.terms();
        return save(ended, ended.paid() > 0
                ? List.of(new Movement(CorefyProvider.NAME, payout.account(), MovementKind.PAYOUT, payout.id(), null, terms.referenceId(),
                        ended.paid(), Money.lower(terms.currency())))
                : List.of());
    }

    private Payout save(Payout payout, List<Movement> movements) {
        store.commit(List.of(payout), movements);
        told.accept(payout);
        return payout;
    }

    private Payout current(String id) {
        var payout = store.payout(id);
        if (payout == null) {
            throw RefusedException.notFound("Payout invoice " + id);
        }
        return payout;
    }

    /** Who is paid, so that it can be shown and kept: the ends of a number, nothing of the rest. */
    private static @Nullable ObjectNode masked(@Nullable ObjectNode fields) {
        if (fields == null) {
            return null;
        }
        var shown = Json.object();
        for (var name : fields.propertyNames()) {
            var value = fields.path(name).asString("");
            boolean secret = name.equals("card_number") || name.equals("account_number");
            shown.put(name, secret ? ends(value) : value);
        }
        return shown;
    }

    private static String ends(String number) {
        int hidden = number.length() - 10;
        return hidden < 1 ? "*".repeat(number.length()) : number.substring(0, 6) + "*".repeat(hidden) + number.substring(number.length() - 4);
    }
}
