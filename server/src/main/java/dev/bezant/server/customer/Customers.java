package dev.bezant.server.customer;

import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.method.CustomerDoor;
import dev.bezant.server.shape.PreviousAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Finds, holds and renders customers: what other features need of them. Thread-safe. */
public final class Customers implements CustomerDoor {
    static final String COLUMNS = Customer.columns("c");

    private static final String BY_ID = "select " + COLUMNS + " from customer c where c.account_id = :account and c.id = :id and c.livemode = :livemode";

    private final Events events;

    public Customers(Events events) {
        this.events = events;
    }

    /** A customer, deleted ones too. */
    public Optional<Customer> find(Session session, String accountId, boolean livemode, String id) {
        return session.sql(BY_ID)
                .bind("account", accountId)
                .bind("id", id)
                .bind("livemode", livemode)
                .one(Customer::read);
    }

    @Override
    public boolean exists(Session session, Caller caller, String customerId) {
        return find(session, caller.accountId(), caller.livemode(), customerId).filter(customer -> customer.deletedAt() == null).isPresent();
    }

    @Override
    public boolean hold(Session tx, Caller caller, String customerId) {
        return locked(tx, caller, customerId).isPresent();
    }

    @Override
    public void detached(Session tx, Cause cause, String customerId, String paymentMethodId) {
        tx.sql("update customer c set default_payment_method = null"
                + " where c.account_id = :account and c.id = :id and c.default_payment_method = :method returning " + COLUMNS)
                .bind("account", cause.accountId())
                .bind("id", customerId)
                .bind("method", paymentMethodId)
                .one(Customer::read)
                .ifPresent(customer -> updated(tx, cause, customer.with(customer.profile().withDefaultPaymentMethod(paymentMethodId)), customer));
    }

    /** Says how customers are expanded: fields of other objects hold the kind {@code customer}. */
    public void register(Expansion expansion, Session session) {
        expansion.loader("customer", (caller, wanted) -> load(session, caller, wanted));
    }

    /** A customer that is not deleted, held still until the transaction ends. */
    Optional<Customer> locked(Session tx, Caller caller, String id) {
        // Not "for share": whoever holds a customer may go on to change it, and two holders would wait for each other.
        return tx.sql(BY_ID + " and c.deleted_at is null for no key update")
                .bind("account", caller.accountId())
                .bind("id", id)
                .bind("livemode", caller.livemode())
                .one(Customer::read);
    }

    /** Writes customer.updated if anything that is shown has changed. */
    void updated(Session tx, Cause cause, Customer before, Customer after) {
        ObjectNode object = after.render();
        ObjectNode previous = PreviousAttributes.between(before.render(), object);
        if (!previous.isEmpty()) {
            events.append(tx, cause, EventDraft.updated("customer.updated", object, previous));
        }
    }

    private static Map<String, ObjectNode> load(Session session, Caller caller, Set<String> wanted) {
        Map<String, ObjectNode> found = new LinkedHashMap<>();
        session.sql("select " + COLUMNS + " from customer c where c.account_id = :account and c.id = any(:ids) and c.livemode = :livemode")
                .bind("account", caller.accountId())
                .bind("ids", List.copyOf(wanted))
                .bind("livemode", caller.livemode())
                .list(Customer::read)
                .forEach(customer -> found.put(customer.id(), customer.render()));
        return found;
    }
}
