package dev.bezant.server.method;

import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Page;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.RedirectMethod;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.shape.BillingDetails;
import dev.bezant.server.vault.SealedCard;
import dev.bezant.server.vault.Vault;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, finds, attaches, detaches and renders payment methods: what other features need of them. Thread-safe. */
public final class PaymentMethods {
    private static final String COLUMNS = PaymentMethod.columns("m");
    /** Sources spell brands as people do. */
    private static final Map<String, String> SOURCE_BRANDS = Map.of("visa", "Visa", "mastercard", "MasterCard", "amex", "American Express",
            "discover", "Discover", "diners", "Diners Club", "jcb", "JCB", "unionpay", "UnionPay");

    /**
     * A method about to be inserted, with what a payment made in the same request needs in memory.
     *
     * @param sealed the vault's row; null where there is no card
     * @param cvc null if none was given
     */
    public record Draft(PaymentMethod method, @Nullable SealedCard sealed, @Nullable Secret cvc) {}

    private final Vault vault;
    private final Events events;
    private final Ids ids;
    private final Clock clock;

    public PaymentMethods(Vault vault, Events events, Ids ids, Clock clock) {
        this.vault = vault;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** Seals a card and makes up the rows of its method; nothing is stored yet. */
    public Draft draft(Caller caller, NewPaymentMethod input) {
        return switch (input.instrument()) {
            case CardDetails card -> cardDraft(caller, input, card);
            case NewPaymentMethod.Redirect(var method, var details) -> new Draft(fresh(caller, input, new PaymentMethod.Redirect(method, details)), null, null);
        };
    }

    private Draft cardDraft(Caller caller, NewPaymentMethod input, CardDetails card) {
        String number = card.number().reveal();
        SealedCard sealed = vault.seal(caller.accountId(), caller.livemode(), card.number());
        var facts = caller.livemode() ? TestTokens.Facts.NONE : TestTokens.facts(card.number());
        var shown = new PaymentMethod.Card(
                sealed.id(),
                card.brand().word(),
                number.substring(number.length() - 4),
                number.substring(0, 6),
                card.expMonth(),
                card.expYear(),
                facts.funding(),
                facts.country(),
                sealed.fingerprint());
        return new Draft(fresh(caller, input, shown), sealed, card.cvc());
    }

    private PaymentMethod fresh(Caller caller, NewPaymentMethod input, PaymentMethod.Instrument instrument) {
        return new PaymentMethod(caller.accountId(), ids.next("pm"), caller.livemode(), null, null, instrument, input.billingDetails(), input.metadata(),
                input.allowRedisplay(), now());
    }

    /**
     * What {@code payment_method=pm_card_visa} stands for: a fresh method.
     *
     * @return empty if the id has not the form of a test method
     * @throws ApiException 404 if it has, but there is no such test card, or the key is of live mode
     */
    public Optional<Draft> draftFromToken(Caller caller, String id, String param) {
        if (!TestTokens.looksLikeMethod(id)) {
            return Optional.empty();
        }
        Secret number = caller.livemode() ? null : TestTokens.find(id).orElse(null);
        if (number == null) {
            throw ApiException.noSuch("PaymentMethod", id, param);
        }
        return Optional.of(draft(caller, NewPaymentMethod.ofTest(number, clock.instant())));
    }

    /**
     * What the older {@code source=tok_visa} stands for: a fresh method.
     *
     * @throws ApiException 404 if there is no such test card, or the key is of live mode
     */
    public Draft draftFromSource(Caller caller, String token, String param) {
        Secret number = caller.livemode() || TestTokens.looksLikeMethod(token) ? null : TestTokens.find(token).orElse(null);
        if (number == null) {
            throw ApiException.noSuch("token", token, param);
        }
        return draft(caller, NewPaymentMethod.ofTest(number, clock.instant()));
    }

    /**
     * The inserts of a draft as parts of a {@code with} list: two for a card, one for what has none; for a caller that stores more in the same statement. They store
     * no CVC: a CVC that comes with the confirming request stays in memory. Bind {@link #values}.
     *
     * @param withCard whether the draft has a card
     *
     * @param from where each takes its one row from, such as {@code from claimed}; nothing is inserted if that is empty. May be
     *     empty text
     */
    public static String insertParts(String from, boolean withCard) {
        return withCard ? """
                pm_card as (
                    insert into vault_card (account_id, id, livemode, pan, key_id, fingerprint, created_at)
                    select :pm_account::text, :pm_card_id::text, :pm_livemode::boolean, :pm_pan::bytea, :pm_key_id::bigint,
                           :pm_fingerprint::text, :pm_created_at::timestamptz %1$s
                ),
                pm_row as (
                    insert into payment_method (account_id, id, livemode, type, customer_id, card_id, brand, last4, bin, exp_month,
                           exp_year, funding, country, fingerprint, billing_details, metadata, allow_redisplay, created_at)
                    select :pm_account::text, :pm_id::text, :pm_livemode::boolean, :pm_type::text, :pm_customer_id::text,
                           :pm_card_id::text, :pm_brand::text, :pm_last4::text, :pm_bin::text, :pm_exp_month::smallint,
                           :pm_exp_year::smallint, :pm_funding::text, :pm_country::text, :pm_fingerprint::text,
                           :pm_billing_details::jsonb, :pm_metadata::jsonb, :pm_allow_redisplay::text,
                           :pm_created_at::timestamptz %1$s
                )""".formatted(from) : """
                pm_row as (
                    insert into payment_method (account_id, id, livemode, type, customer_id, details, billing_details, metadata, allow_redisplay,
                           created_at)
                    select :pm_account::text, :pm_id::text, :pm_livemode::boolean, :pm_type::text, :pm_customer_id::text, :pm_details::jsonb,
                           :pm_billing_details::jsonb, :pm_metadata::jsonb, :pm_allow_redisplay::text, :pm_created_at::timestamptz %s
                )""".formatted(from);
    }

    /** What {@link #insertParts} names. */
    public static Map<String, @Nullable Object> values(Draft draft) {
        PaymentMethod method = draft.method();
        var values = new HashMap<String, @Nullable Object>();
        values.put("pm_account", method.accountId());
        values.put("pm_id", method.id());
        values.put("pm_livemode", method.livemode());
        values.put("pm_type", method.type());
        values.put("pm_customer_id", method.customerId());
        switch (method.instrument()) {
            case PaymentMethod.Card card -> putCard(values, card, Objects.requireNonNull(draft.sealed()));
            case PaymentMethod.Redirect(var redirect, var details) -> values.put("pm_details", Json.write(details));
        }
        values.put("pm_billing_details", Json.write(method.billingDetails()));
        values.put("pm_metadata", Json.write(method.metadata()));
        values.put("pm_allow_redisplay", method.allowRedisplay());
        values.put("pm_created_at", method.createdAt());
        return values;
    }

    private static void putCard(Map<String, @Nullable Object> values, PaymentMethod.Card card, SealedCard sealed) {
        values.put("pm_card_id", card.id());
        values.put("pm_pan", sealed.pan());
        values.put("pm_key_id", sealed.keyId());
        values.put("pm_brand", card.brand());
        values.put("pm_last4", card.last4());
        values.put("pm_bin", card.bin());
        values.put("pm_exp_month", card.expMonth());
        values.put("pm_exp_year", card.expYear());
        values.put("pm_funding", card.funding());
        values.put("pm_country", card.country());
        values.put("pm_fingerprint", card.fingerprint());
    }

    /** What an attempt keeps of the method it was made with: the same that the payment path's statement builds of a stored one. */
    public static ObjectNode snapshot(PaymentMethod method) {
        ObjectNode snapshot = Json.object();
        snapshot.put("type", method.type());
        snapshot.set(method.type(), switch (method.instrument()) {
            case PaymentMethod.Card card -> Json.object().put("brand", card.brand()).put("last4", card.last4()).put("exp_month", card.expMonth())
                    .put("exp_year", card.expYear()).put("fingerprint", card.fingerprint()).put("funding", card.funding()).put("country", card.country());
            case PaymentMethod.Redirect(var redirect, var details) -> details;
        });
        snapshot.set("billing_details", method.billingDetails());
        snapshot.put("customer", method.customerId());
        snapshot.set("metadata", method.metadata());
        snapshot.put("allow_redisplay", method.allowRedisplay());
        snapshot.put("created", method.createdAt().getEpochSecond());
        return snapshot;
    }

    /** The object of the API as it was when an attempt took its {@link #snapshot}. */
    public static ObjectNode render(String id, boolean livemode, ObjectNode snapshot) {
        return render(new PaymentMethod("", id, livemode, snapshot.path("customer").asStringOpt().orElse(null), null, instrument(snapshot),
                (ObjectNode) snapshot.path("billing_details"), (ObjectNode) snapshot.path("metadata"), snapshot.path("allow_redisplay").asString(),
                Instant.ofEpochSecond(snapshot.path("created").asLong())));
    }

    private static PaymentMethod.Instrument instrument(ObjectNode snapshot) {
        String type = snapshot.path("type").asString();
        JsonNode known = snapshot.path(type);
        return RedirectMethod.find(type).<PaymentMethod.Instrument>map(method -> new PaymentMethod.Redirect(method, (ObjectNode) known))
                .orElseGet(() -> new PaymentMethod.Card("", known.path("brand").asString(), known.path("last4").asString(), "",
                        known.path("exp_month").asInt(), known.path("exp_year").asInt(), known.path("funding").asString(),
                        known.path("country").asStringOpt().orElse(null), known.path("fingerprint").asString()));
    }

    /** Stores a draft, and its CVC, if it has one, for the first payment within 30 minutes. */
    public PaymentMethod insert(Session tx, Draft draft) {
        tx.sql("with " + insertParts("", draft.sealed() != null) + " select 1 as done").bind(values(draft)).list(row -> row.number("done"));
        if (draft.cvc() != null && draft.sealed() != null) {
            vault.storeCvc(tx, draft.method().accountId(), draft.sealed().id(), draft.cvc());
        }
        return draft.method();
    }

    /** Makes and stores the method that a test name such as {@code pm_card_visa} stands for. */
    public PaymentMethod createFromToken(Session tx, Caller caller, String token) {
        return insert(tx, draftFromToken(caller, token, "payment_method")
                .orElseThrow(() -> ApiException.noSuch("PaymentMethod", token, "payment_method")));
    }

    public Optional<PaymentMethod> find(Session session, String accountId, boolean livemode, String id) {
        return session.sql("select " + COLUMNS + " from payment_method m where m.account_id = :account and m.id = :id and m.livemode = :livemode")
                .bind("account", accountId)
                .bind("id", id)
                .bind("livemode", livemode)
                .one(PaymentMethod::read);
    }

    /** Some methods of an account, in any order. */
    public List<PaymentMethod> find(Session session, Caller caller, Set<String> ids) {
        return session.sql("select " + COLUMNS + " from payment_method m where m.account_id = :account and m.id = any(:ids) and m.livemode = :livemode")
                .bind("account", caller.accountId())
                .bind("ids", List.copyOf(ids))
                .bind("livemode", caller.livemode())
                .list(PaymentMethod::read);
    }

    /** A page, and one more, of what is attached to a customer. */
    public List<PaymentMethod> ofCustomer(Session session, Caller caller, String customerId, Page page) {
        return session.sql("select " + COLUMNS + """
                          from payment_method m
                         where m.account_id = :account and m.livemode = :livemode and m.customer_id = :customer
                        """ + page.sql("m.id"))
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("customer", customerId)
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(PaymentMethod::read);
    }

    /**
     * Attaches a method for good.
     *
     * <p>The caller holds the customer ({@link CustomerDoor#hold}), or knows otherwise that it exists. Attaching again to the same
     * customer changes nothing and writes no event.
     *
     * @param param the parameter that named the method, for an error about it
     * @throws ApiException 404 if there is no such method, 400 if it belongs to another customer or was detached
     */
    public PaymentMethod attach(Session tx, Cause cause, String id, String customerId, String param) {
        PaymentMethod method = locked(tx, cause.accountId(), cause.livemode(), id, param);
        if (!method.usable()) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, param, "The payment method " + id
                    + " was detached from a customer and cannot be used again. Create a new one from the card.");
        }
        if (customerId.equals(method.customerId())) {
            return method;
        }
        if (method.instrument() instanceof PaymentMethod.Redirect(var redirect, var details)) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNSUPPORTED_TYPE, param, redirect.label() + " cannot be kept for a customer: its payer pays anew"
                    + " each time. Name the customer in the payment instead.");
        }
        if (method.customerId() != null) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, param, "The payment method " + id
                    + " is already attached to another customer. A payment method belongs to one customer; create a new one from the card.");
        }
        tx.sql("update payment_method set customer_id = :customer where account_id = :account and id = :id")
                .bind("customer", customerId)
                .bind("account", cause.accountId())
                .bind("id", id)
                .update();
        PaymentMethod attached = method.attachedTo(customerId);
        events.append(tx, cause, EventDraft.of("payment_method.attached", render(attached)));
        return attached;
    }

    /**
     * Detaches a method; it stays, for what it has paid, but is never usable again.
     *
     * @throws ApiException 404 if there is no such method, 400 if it is not attached
     */
    public PaymentMethod detach(Session tx, Cause cause, String id) {
        PaymentMethod method = locked(tx, cause.accountId(), cause.livemode(), id, "payment_method");
        if (method.customerId() == null) {
            throw notAttached(id);
        }
        Instant now = now();
        tx.sql("update payment_method set customer_id = null, detached_at = :now where account_id = :account and id = :id")
                .bind("now", now)
                .bind("account", cause.accountId())
                .bind("id", id)
                .update();
        PaymentMethod detached = method.detached(now);
        events.append(tx, cause, EventDraft.of("payment_method.detached", render(detached)));
        return detached;
    }

    /** Detaches whatever a customer has, one event each. The caller holds the customer. */
    public void detachAll(Session tx, Cause cause, String customerId) {
        tx.sql("""
                update payment_method m
                   set customer_id = null, detached_at = :now
                 where m.account_id = :account and m.livemode = :livemode and m.customer_id = :customer
                returning\s""" + COLUMNS)
                .bind("now", now())
                .bind("account", cause.accountId())
                .bind("livemode", cause.livemode())
                .bind("customer", customerId)
                .list(PaymentMethod::read)
                .forEach(method -> events.append(tx, cause, EventDraft.of("payment_method.detached", render(method))));
    }

    /** The object of the API. Its {@code checks} are null: no provider has told of any yet. */
    public static ObjectNode render(PaymentMethod method) {
        ObjectNode object = Json.object();
        object.put("id", method.id());
        object.put("object", "payment_method");
        object.put("allow_redisplay", method.allowRedisplay());
        object.set("billing_details", BillingDetails.rendered(method.billingDetails()));
        object.set(method.type(), switch (method.instrument()) {
            case PaymentMethod.Card card -> render(card);
            case PaymentMethod.Redirect redirect -> redirect.shown();
        });
        object.put("created", method.createdAt().getEpochSecond());
        object.put("customer", method.customerId());
        object.putNull("customer_account");
        object.put("livemode", method.livemode());
        object.set("metadata", method.metadata());
        object.put("type", method.type());
        return object;
    }

    /** The object of the older API of sources: the card itself, under the method's id. */
    public static ObjectNode renderSource(PaymentMethod method) {
        if (!(method.instrument() instanceof PaymentMethod.Card card)) {
            throw new IllegalStateException("Only cards are attached to customers");
        }
        ObjectNode billing = BillingDetails.rendered(method.billingDetails());
        JsonNode address = billing.path("address");
        ObjectNode object = Json.object();
        object.put("id", method.id());
        object.put("object", "card");
        object.set("address_city", address.path("city"));
        object.set("address_country", address.path("country"));
        object.set("address_line1", address.path("line1"));
        object.putNull("address_line1_check");
        object.set("address_line2", address.path("line2"));
        object.set("address_state", address.path("state"));
        object.set("address_zip", address.path("postal_code"));
        object.putNull("address_zip_check");
        object.put("brand", SOURCE_BRANDS.getOrDefault(card.brand(), "Unknown"));
        object.put("country", card.country());
        object.put("customer", method.customerId());
        object.putNull("cvc_check");
        object.putNull("dynamic_last4");
        object.put("exp_month", card.expMonth());
        object.put("exp_year", card.expYear());
        object.put("fingerprint", card.fingerprint());
        object.put("funding", card.funding());
        object.put("last4", card.last4());
        object.set("metadata", method.metadata());
        object.set("name", billing.path("name"));
        object.putNull("tokenization_method");
        object.putNull("wallet");
        return object;
    }

    /** The brand as the API names it. */
    public static String shownBrand(PaymentMethod.Card card) {
        return card.brand().equals("maestro") ? "unknown" : card.brand();
    }

    private static ObjectNode render(PaymentMethod.Card card) {
        String brand = shownBrand(card);
        ObjectNode object = Json.object();
        object.put("brand", brand);
        ObjectNode checks = Json.object();
        checks.putNull("address_line1_check");
        checks.putNull("address_postal_code_check");
        checks.putNull("cvc_check");
        object.set("checks", checks);
        object.put("country", card.country());
        object.put("display_brand", card.brand());
        object.put("exp_month", card.expMonth());
        object.put("exp_year", card.expYear());
        object.put("fingerprint", card.fingerprint());
        object.put("funding", card.funding());
        object.putNull("generated_from");
        object.put("last4", card.last4());
        ObjectNode networks = Json.object();
        networks.set("available", Json.texts(List.of(brand)));
        networks.putNull("preferred");
        object.set("networks", networks);
        object.putNull("regulated_status");
        ObjectNode secure = Json.object();
        secure.put("supported", true);
        object.set("three_d_secure_usage", secure);
        object.putNull("wallet");
        return object;
    }

    /** Says how methods are expanded: fields of other objects hold the kind {@code payment_method}. */
    public void register(Expansion expansion, Session session) {
        expansion.loader("payment_method", (caller, wanted) -> load(session, caller, wanted)).field("payment_method", "customer", "customer");
    }

    private Map<String, ObjectNode> load(Session session, Caller caller, Set<String> wanted) {
        Map<String, ObjectNode> found = new LinkedHashMap<>();
        find(session, caller, wanted).forEach(method -> found.put(method.id(), render(method)));
        return found;
    }

    PaymentMethod locked(Session tx, String accountId, boolean livemode, String id, String param) {
        return tx.sql("select " + COLUMNS + " from payment_method m where m.account_id = :account and m.id = :id and m.livemode = :livemode for update")
                .bind("account", accountId)
                .bind("id", id)
                .bind("livemode", livemode)
                .one(PaymentMethod::read)
                .orElseThrow(() -> ApiException.noSuch("PaymentMethod", id, param));
    }

    static ApiException notAttached(String id) {
        return new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, "payment_method",
                "The payment method " + id + " is not attached to a customer, so there is nothing to detach.");
    }

    /** As PostgreSQL keeps it, so that what is answered now is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
