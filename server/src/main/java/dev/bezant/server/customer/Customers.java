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
        tx.sql(BY_ID + " and (c.default_payment_method = :method or c.default_source = :method) for no key update")
                .bind("account", cause.accountId())
                .bind("id", customerId)
                .bind("livemode", cause.livemode())
                .bind("method", paymentMethodId)
                .one(Customer::read)
                .ifPresent(customer -> {
                    CustomerProfile profile = customer.profile();
                    CustomerProfile without = profile
                            .withDefaultPaymentMethod(paymentMethodId.equals(profile.defaultPaymentMethod()) ? null : profile.defaultPaymentMethod())
                            .withDefaultSource(paymentMethodId.equals(profile.defaultSource()) ? null : profile.defaultSource());
                    store(tx, customer.with(without));
                    updated(tx, cause, customer, customer.with(without));
                });
    }

    /** Says how customers are expanded: fields of other objects hold the kind {@code customer}. */
    public void register(Expansion expansion, Session session) {
        expansion.loader("customer", (caller, wanted) -> load(session, caller, wanted))
                .field("customer", "invoice_settings.default_payment_method", "payment_method")
                .field("customer", "default_source", "card");
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

    /** Stores what the API says of a customer; the caller holds it. */
    void store(Session tx, Customer customer) {
        tx.sql("""
                update customer
                   set email = :email, name = :name, phone = :phone, description = :description, address = :address::jsonb,
                       shipping = :shipping::jsonb, preferred_locales = :locales, tax_exempt = :tax_exempt, balance = :balance,
                       invoice_prefix = :invoice_prefix, next_invoice_sequence = :next_invoice_sequence,
                       default_payment_method = :default_payment_method, default_source = :default_source, currency = :currency,
                       invoice_settings = :invoice_settings::jsonb, metadata = :metadata::jsonb
                 where account_id = :account and id = :id
                """)
                .bind(customer.profile().values())
                .bind("account", customer.accountId())
                .bind("id", customer.id())
                .update();
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
