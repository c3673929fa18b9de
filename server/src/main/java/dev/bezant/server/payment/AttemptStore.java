package dev.bezant.server.payment;

import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.RedirectMethod;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.payment.PaymentSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The commits of a payment, each one statement and one round trip.
 *
 * <p>The first ({@link #begin}) makes the attempt known before anything is sent; the second ({@link #finish}) stores its outcome,
 * guarded by the version in which the intent was read.
 */
final class AttemptStore {
    /** How long an attempt is looked after that was closed while its payer was away, or as absent: longer than any provider lets him stay there. */
    private static final Duration WATCH = Duration.ofHours(24);
    /** How long one is looked after that was taken back: it cannot arrive any more, but if it did, nobody else would notice. */
    private static final Duration WATCH_TAKEN_BACK = Duration.ofMinutes(15);

    /** What a snapshot has of every kind of method. */
    private static final String SNAPSHOT_OF_ANY = """
            jsonb_build_object('billing_details', pm.billing_details, 'customer', pm.customer_id, 'metadata', pm.metadata,
                           'allow_redisplay', pm.allow_redisplay, 'created', floor(extract(epoch from pm.created_at))::bigint)""";

    /** What a card payment needs, and the snapshot of it that the charge keeps. */
    private static final String METHOD = """
            method as (
                select pm.id, pm.card_id, card.pan, pm.exp_month, pm.exp_year,
                       jsonb_build_object('type', pm.type, 'card', jsonb_build_object('brand', pm.brand, 'last4', pm.last4,
                           'exp_month', pm.exp_month, 'exp_year', pm.exp_year, 'fingerprint', pm.fingerprint,
                           'funding', pm.funding, 'country', pm.country)) || %1$s as snapshot
                  from payment_method pm
                  join vault_card card on card.account_id = pm.account_id and card.id = pm.card_id
                 where pm.account_id = :account and pm.livemode = :livemode and pm.id = :method and pm.detached_at is null
                   and (pm.customer_id is not distinct from :customer::text
                        or (pm.customer_id is null and exists (select 1 from customer c where c.account_id = :account
                            and c.livemode = :livemode and c.id = :customer and c.deleted_at is null)))
            )""".formatted(SNAPSHOT_OF_ANY);

    /** The same of a payment without a card. */
    private static final String METHOD_WITHOUT_CARD = """
            method as (
                select pm.id, null::text as card_id, null::bytea as pan, null::smallint as exp_month, null::smallint as exp_year,
                       jsonb_build_object('type', pm.type, pm.type, pm.details) || %1$s as snapshot
                  from payment_method pm
                 where pm.account_id = :account and pm.livemode = :livemode and pm.id = :method and pm.detached_at is null
                   and pm.customer_id is null and pm.card_id is null
                   and (:customer::text is null or exists (select 1 from customer c where c.account_id = :account
                            and c.livemode = :livemode and c.id = :customer and c.deleted_at is null))
            )""".formatted(SNAPSHOT_OF_ANY);

    /** The same of a card that came with the request and is stored by this statement; its number stays in memory too. */
    private static final String FRESH_METHOD = PaymentMethods.insertParts("from won", true) + """
            , method as (
                select :pm_id::text as id, :pm_card_id::text as card_id, :pm_pan::bytea as pan, :pm_exp_month::smallint as exp_month,
                       :pm_exp_year::smallint as exp_year, :pm_snapshot::jsonb as snapshot
                  from won
            )""";

    private static final String FRESH_METHOD_WITHOUT_CARD = PaymentMethods.insertParts("from won", false) + """
            , method as (
                select :pm_id::text as id, null::text as card_id, null::bytea as pan, null::smallint as exp_month, null::smallint as exp_year,
                       :pm_snapshot::jsonb as snapshot
                  from won
            )""";

    private static final String CUSTOMER_IS_THERE = """
            (:customer::text is null or exists (select 1 from customer c where c.account_id = :account and c.livemode = :livemode
                and c.id = :customer and c.deleted_at is null))""";

    private static final String INSERT_INTENT = """
            intent_written as (
                insert into payment_intent (account_id, id, livemode, purpose, version, status, amount, currency, capture_method,
                    confirmation_method, customer_id, payment_method_id, latest_charge_id, client_secret, details, created_at)
                select :account, :intent, :livemode, :purpose, :version, 'processing', :amount, :currency, :capture_method,
                    :confirmation_method, :customer::text, :method, :charge, :client_secret, :details::jsonb, :created::timestamptz
                  from won
                returning id
            )""";

    private static final String UPDATE_INTENT = """
            intent_written as (
                update payment_intent
                   set version = :version, status = 'processing', amount = :amount, currency = :currency,
                       capture_method = :capture_method, confirmation_method = :confirmation_method, customer_id = :customer::text,
                       payment_method_id = :method, latest_charge_id = :charge, client_secret = :client_secret,
                       details = :details::jsonb, created_at = :created::timestamptz, next_action = null, last_payment_error = null
                 where account_id = :account and id = :intent and exists (select 1 from won)
                returning id
            )""";

    /** The attempt, the CVC taken for it, the events, and what the sender needs. */
    private static final String CHARGE_AND_REST = """
            charge_written as (
                insert into charge (account_id, id, livemode, payment_intent_id, attempt, state, provider, provider_account_id,
                    reference, payment_method_id, customer_id, amount, currency, send_before, give_up_at, method_snapshot,
                    idempotency_id, details)
                select :account, :charge, :livemode, :intent, :attempt, 'pending', :provider, :provider_account, :reference,
                       method.id, :customer::text, :amount, :currency, now() + make_interval(secs => :send_window_ms / 1000.0),
                       now() + make_interval(secs => :give_up_ms / 1000.0), method.snapshot, :idem_id::text, :charge_details::jsonb
                  from method, intent_written
                returning created_at
            ), cvc as (
                update vault_cvc set taken_by = :charge
                 where account_id = :account and card_id = (select card_id from method) and taken_by is null
                   and expires_at > now() and exists (select 1 from charge_written)
                returning cvc, key_id
            ),""" + Events.written("charge_written") + """

            select charge_written.created_at, method.card_id, method.pan, method.exp_month, method.exp_year, method.snapshot,
                   cvc.cvc, cvc.key_id,
                   (select s.provider_id from stored_credential s
                     where s.account_id = :account and s.payment_method_id = :method and s.provider_account_id = :provider_account)
                       as stored_credential
              from charge_written cross join method left join cvc on true
            """;

    /** The first commit, by what there is already of the intent and of its payment method. */
    private record Beginning(String ofNew, String ofExisting, String ofNewFresh, String ofExistingFresh) {
        static Beginning of(String method, String freshMethod) {
            return new Beginning(
                    "with " + method + ", ready as (select 1 from method), " + Idempotency.CLAIM + ", " + INSERT_INTENT + ", " + CHARGE_AND_REST,
                    "with " + method + """
                            , ready as (
                                select 1 from payment_intent i, method
                                 where i.account_id = :account and i.id = :intent and i.version = :version_read
                                   for update of i
                            ),""" + Idempotency.CLAIM + ", " + UPDATE_INTENT + ", " + CHARGE_AND_REST,
                    "with ready as (select 1 where " + CUSTOMER_IS_THERE + "), " + Idempotency.CLAIM + ", " + freshMethod + ", " + INSERT_INTENT + ", "
                            + CHARGE_AND_REST,
                    """
                            with ready as (
                                select 1 from payment_intent i
                                 where i.account_id = :account and i.id = :intent and i.version = :version_read and\s""" + CUSTOMER_IS_THERE + """

                                   for update of i
                            ),""" + Idempotency.CLAIM + ", " + freshMethod + ", " + UPDATE_INTENT + ", " + CHARGE_AND_REST);
        }

        String of(boolean isNew, boolean fresh) {
            return isNew ? fresh ? ofNewFresh : ofNew : fresh ? ofExistingFresh : ofExisting;
        }
    }

    private static final Beginning WITH_CARD = Beginning.of(METHOD, FRESH_METHOD);
    private static final Beginning WITHOUT_CARD = Beginning.of(METHOD_WITHOUT_CARD, FRESH_METHOD_WITHOUT_CARD);

    /** After a commit whose acknowledgement was lost: the same, read back. */
    private static final String RESUME = """
            select charge.created_at, card.id as card_id, card.pan, pm.exp_month, pm.exp_year, charge.method_snapshot as snapshot,
                   cvc.cvc, cvc.key_id,
                   (select s.provider_id from stored_credential s
                     where s.account_id = :account and s.payment_method_id = charge.payment_method_id
                       and s.provider_account_id = charge.provider_account_id) as stored_credential
              from charge
              join payment_method pm on pm.account_id = charge.account_id and pm.id = charge.payment_method_id
              left join vault_card card on card.account_id = pm.account_id and card.id = pm.card_id
              left join vault_cvc cvc on cvc.account_id = card.account_id and cvc.card_id = card.id and cvc.taken_by = charge.id
             where charge.account_id = :account and charge.id = :charge and charge.state = 'pending'
            """;

    /** The guard and the intent's new state; whatever follows depends on {@code moved}. */
    static final String MOVE_INTENT = """
            with moved as (
                update payment_intent
                   set version = :version, status = :status, amount = :amount, currency = :currency, amount_capturable = :capturable,
                       amount_received = :received, capture_method = :capture_method, customer_id = :customer::text,
                       payment_method_id = :method::text, latest_charge_id = :latest_charge::text,
                       cancellation_reason = :cancellation_reason::text, canceled_at = :canceled_at::timestamptz,
                       details = :details::jsonb, next_action = :next_action::jsonb, last_payment_error = :last_payment_error::jsonb,
                       follow_up = follow_up or :follow_up
                 where account_id = :account and id = :intent and version = :version_read
                returning id
            )""";

    static final String EVENTS_WRITTEN = Events.written("moved");

    private static final String MOVE_CHARGE = """
            charge_moved as (
                update charge
                   set state = :charge_state, provider_id = :provider_id::text, amount_captured = :captured, action = :action::jsonb,
                       action_expires_at = case when :charge_state = 'requires_action'
                           then now() + make_interval(secs => :action_expiry_ms / 1000.0) end,
                       failure = :failure::jsonb, challenge = :challenge::text,
                       watch_until = case when (state = 'requires_action' or taking_back_at is not null or :watched) and :charge_state = 'failed'
                           then now() + make_interval(secs => :watch_ms / 1000.0) else watch_until end,
                       resolved_at = case when :charge_state in ('pending', 'completing') then resolved_at else now() end,
                       stuck_reason = case when :charge_state in ('pending', 'completing') then stuck_reason end
                 where account_id = :account and id = :charge and state = :charge_state_read and exists (select 1 from moved)
                returning id
            ), credential_written as (
                insert into stored_credential (account_id, payment_method_id, provider_account_id, provider_id)
                select c.account_id, c.payment_method_id, c.provider_account_id, coalesce(:credential::text, :provider_id::text)
                  from charge c, charge_moved
                 where c.account_id = :account and c.id = :charge and :charge_state::text in ('authorized', 'captured', 'verified')
                   and c.method_snapshot ? 'card'
                on conflict do nothing
            ), cvc_gone as (
                delete from vault_cvc where account_id = :account and card_id = :card::text and taken_by is not null
                   and :charge_state::text <> 'pending' and exists (select 1 from moved)
            ), cvc_back as (
                update vault_cvc set taken_by = null where account_id = :account and card_id = :unused_card::text and exists (select 1 from moved)
            )""";

    /** Division by zero undoes the whole statement where the charge was not in the state that the intent's version vouches for. */
    private static final String MOVED = """
            select case when (select count(*) from moved) = 0 then 0
                        else 1 / (select count(*) from charge_moved) end as moved
            """;

    private static final String FINISH = MOVE_INTENT + ", " + MOVE_CHARGE + ", " + Idempotency.ANSWER + ", " + EVENTS_WRITTEN + " " + MOVED;

    private static final String FINISH_AND_NEXT = MOVE_INTENT + ", " + MOVE_CHARGE + """
            , next_written as (
                insert into charge (account_id, id, livemode, payment_intent_id, attempt, state, provider, provider_account_id,
                    reference, payment_method_id, customer_id, amount, currency, send_before, give_up_at, method_snapshot,
                    idempotency_id, details)
                select c.account_id, :next_charge, c.livemode, c.payment_intent_id, c.attempt + 1, 'pending', :next_provider,
                       :next_provider_account, :next_reference, c.payment_method_id, c.customer_id, c.amount, c.currency,
                       now() + make_interval(secs => :send_window_ms / 1000.0),
                       now() + make_interval(secs => :give_up_ms / 1000.0), c.method_snapshot, c.idempotency_id,
                       c.details
                  from charge c, charge_moved
                 where c.account_id = :account and c.id = :charge
            ),""" + EVENTS_WRITTEN + " " + MOVED;

    /** The intent's version is the guard of whoever still believes to know the outcome. */
    private static final String TAKE_BACK = """
            with moved as (
                update payment_intent set version = version + 1 where account_id = :account and id = :intent and version = :version_read
                returning id
            )
            update charge set taking_back_at = now()
             where account_id = :account and id = :charge and state = 'pending' and provider_id is null and taking_back_at is null
               and exists (select 1 from moved)
            """;

    private static final String MOVE = MOVE_INTENT + ", " + EVENTS_WRITTEN + "\nselect count(*) as moved from moved";

    private static final String INSERT = """
            with moved as (
                insert into payment_intent (account_id, id, livemode, purpose, version, status, amount, currency, capture_method,
                    confirmation_method, customer_id, payment_method_id, client_secret, details, created_at)
                values (:account, :intent, :livemode, :purpose, :version, :status, :amount, :currency, :capture_method, :confirmation_method,
                    :customer::text, :method::text, :client_secret, :details::jsonb, :created::timestamptz)
                returning id
            ),""" + EVENTS_WRITTEN + "\nselect count(*) as moved from moved";

    private final Events events;
    private final PaymentSettings settings;

    AttemptStore(Events events, PaymentSettings settings) {
        this.events = events;
        this.settings = settings;
    }

    /**
     * What the sender needs, as the first commit gives it.
     *
     * @param snapshot of the payment method, as its charge keeps it
     */
    record Begun(Instant createdAt, ObjectNode snapshot, Instrument instrument) {
        /** The same for an attempt at another provider account. */
        Begun with(Optional<String> credential) {
            return new Begun(createdAt, snapshot, switch (instrument) {
                case SealedCard card -> new SealedCard(card.id(), card.pan(), card.expMonth(), card.expYear(), card.cvc(), card.cvcKeyId(), credential.orElse(null));
                case Redirect redirect -> redirect;
            });
        }

        /** Null where there is no card. */
        @Nullable String cardId() {
            return instrument instanceof SealedCard card ? card.id() : null;
        }

        /** Whether a CVC was taken for it. */
        boolean hasCvc() {
            return instrument instanceof SealedCard card && card.cvc() != null;
        }

        static Begun read(Row row) throws SQLException {
            ObjectNode snapshot = Json.readObject(row.text("snapshot"));
            Optional<RedirectMethod> redirect = RedirectMethod.find(snapshot.path("type").asString());
            return new Begun(row.moment("created_at"), snapshot, redirect.isPresent() ? new Redirect(redirect.get()) : SealedCard.read(row));
        }
    }

    /** What is paid with. */
    sealed interface Instrument {}

    /**
     * A card, as the vault has it.
     *
     * @param pan ciphertext
     * @param cvc ciphertext; null where there is none or it was used
     * @param storedCredential the provider's id of an earlier approved payment with this card
     */
    record SealedCard(
            String id,
            byte[] pan,
            int expMonth,
            int expYear,
            byte @Nullable [] cvc,
            @Nullable String cvcKeyId,
            @Nullable String storedCredential) implements Instrument {
        static SealedCard read(Row row) throws SQLException {
            return new SealedCard(row.text("card_id"), row.bytes("pan"), row.whole("exp_month"), row.whole("exp_year"), row.bytesOrNull("cvc"),
                    row.textOrNull("key_id"), row.textOrNull("stored_credential"));
        }
    }

    /** A method without a card. */
    record Redirect(RedirectMethod method) implements Instrument {}

    /** One attempt about to be made. */
    record NewAttempt(String chargeId, int number, String provider, String providerAccountId, String reference) {}

    /**
     * Claims the key, writes the intent and its attempt, takes the CVC.
     *
     * @param read the intent as read before; null when it is new
     * @param means what is paid with: stored, or to be stored with the attempt
     * @return empty if the key was not won, the intent has moved, or the payment method cannot be used
     */
    Optional<Begun> begin(
            Session session,
            Map<String, @Nullable Object> claim,
            @Nullable Intent read,
            Intent written,
            Means means,
            NewAttempt attempt,
            List<EventDraft> drafts) {
        var values = new HashMap<>(claim);
        values.put("intent", written.id());
        values.put("version", written.version());
        values.put("amount", written.amount().amount());
        values.put("currency", written.amount().currency().code());
        values.put("capture_method", written.captureMethod());
        values.put("confirmation_method", written.confirmationMethod());
        values.put("customer", written.customerId());
        values.put("method", written.paymentMethodId());
        values.put("client_secret", written.clientSecret());
        values.put("details", Json.write(written.details()));
        values.put("created", written.createdAt());
        PaymentMethods.Draft fresh = means.draft();
        if (fresh != null) {
            values.putAll(PaymentMethods.values(fresh));
            values.put("pm_snapshot", Json.write(PaymentMethods.snapshot(fresh.method())));
        }
        values.put("charge", attempt.chargeId());
        values.put("attempt", attempt.number());
        values.put("provider", attempt.provider());
        values.put("provider_account", attempt.providerAccountId());
        values.put("reference", attempt.reference());
        values.put("charge_details", ChargeExtras.of(written).storedDetails());
        values.put("send_window_ms", settings.sendWindow().toMillis());
        values.put("give_up_ms", settings.giveUp().toMillis());
        values.put("event_idem_key", claim.get("idem_key"));
        values.putAll(events.values(drafts));
        if (read == null) {
            values.put("purpose", written.purpose().wireName());
        } else {
            values.put("version_read", read.version());
        }
        Beginning beginning = means.redirect() == null ? WITH_CARD : WITHOUT_CARD;
        return session.sql(beginning.of(read == null, fresh != null)).bind(values).one(Begun::read);
    }

    /** What stands for the card's CVC at the provider account of an attempt. */
    Optional<String> storedCredential(Session session, Charge charge) {
        return session.sql("""
                        select provider_id from stored_credential
                         where account_id = :account and payment_method_id = :method and provider_account_id = :provider_account
                        """)
                .bind("account", charge.accountId())
                .bind("method", charge.paymentMethodId())
                .bind("provider_account", charge.providerAccountId())
                .one(row -> row.text("provider_id"));
    }

    Optional<Begun> resume(Session session, String account, String chargeId) {
        return session.sql(RESUME).bind("account", account).bind("charge", chargeId).one(Begun::read);
    }

    /**
     * Stores an outcome.
     *
     * @param answer status and body for the idempotency row; null leaves it open
     * @param cardId whose CVC, taken for this charge, is now gone; or given back, if no provider took the request
     * @return false if somebody was faster: nothing was changed
     */
    boolean finish(Session session, Cause cause, Intent read, Charge chargeRead, Transition to, @Nullable Answer answer, @Nullable String cardId) {
        Map<String, @Nullable Object> values = moveValues(cause, read, to.intent(), to.events());
        putCharge(values, chargeRead, to.charge(), cardId);
        values.put("credential", to.credential());
        values.put("watched", to.watched());
        values.put("idem_id", answer == null ? null : chargeRead.idempotencyId());
        values.put("idem_status", answer == null ? null : answer.status());
        values.put("idem_body", answer == null ? null : answer.json());
        return moved(session.sql(FINISH).bind(values));
    }

    /** Closes an attempt and begins the next one, at another account, in one guarded commit. */
    boolean finishAndNext(Session session, Cause cause, Intent read, Charge chargeRead, Transition to, NewAttempt next) {
        Map<String, @Nullable Object> values = moveValues(cause, read, to.intent(), to.events());
        putCharge(values, chargeRead, to.charge(), null);
        values.put("credential", null);
        values.put("watched", false);
        values.put("next_charge", next.chargeId());
        values.put("next_provider", next.provider());
        values.put("next_provider_account", next.providerAccountId());
        values.put("next_reference", next.reference());
        values.put("send_window_ms", settings.sendWindow().toMillis());
        values.put("give_up_ms", settings.giveUp().toMillis());
        return moved(session.sql(FINISH_AND_NEXT).bind(values));
    }

    /**
     * Marks an attempt that is going to be taken back: whoever learns its outcome after that finds the intent moved, and the mark.
     *
     * @return false if somebody was faster
     */
    boolean takeBack(Session session, Intent read, Charge charge) {
        return session.sql(TAKE_BACK)
                .bind("account", charge.accountId())
                .bind("intent", read.id())
                .bind("version_read", read.version())
                .bind("charge", charge.id())
                .update() > 0;
    }

    /**
     * Changes an intent that has no attempt in flight.
     *
     * @return false if it has moved
     */
    boolean move(Session session, Cause cause, Intent read, Intent to, List<EventDraft> drafts) {
        return moved(session.sql(MOVE).bind(moveValues(cause, read, to, drafts)));
    }

    /** Stores a new intent that is not confirmed yet. */
    void insert(Session session, Cause cause, Intent intent, List<EventDraft> drafts) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("account", intent.accountId());
        values.put("intent", intent.id());
        values.put("livemode", intent.livemode());
        values.put("purpose", intent.purpose().wireName());
        values.put("version", intent.version());
        values.put("status", intent.status().wireName());
        values.put("amount", intent.amount().amount());
        values.put("currency", intent.amount().currency().code());
        values.put("capture_method", intent.captureMethod());
        values.put("confirmation_method", intent.confirmationMethod());
        values.put("customer", intent.customerId());
        values.put("method", intent.paymentMethodId());
        values.put("client_secret", intent.clientSecret());
        values.put("details", Json.write(intent.details()));
        values.put("created", intent.createdAt());
        values.put("request", cause.requestId());
        values.put("event_idem_key", cause.idempotencyKey());
        values.putAll(events.values(drafts));
        moved(session.sql(INSERT).bind(values));
    }

    /** @param status HTTP status to replay */
    record Answer(int status, String json) {}

    /** The values of {@link #MOVE_INTENT} and {@link #EVENTS_WRITTEN}. */
    Map<String, @Nullable Object> moveValues(Cause cause, Intent read, Intent to, List<EventDraft> drafts) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("account", read.accountId());
        values.put("livemode", read.livemode());
        values.put("intent", read.id());
        values.put("version_read", read.version());
        values.put("version", to.version());
        values.put("status", to.status().wireName());
        values.put("amount", to.amount().amount());
        values.put("currency", to.amount().currency().code());
        values.put("capturable", to.amountCapturable());
        values.put("received", to.amountReceived());
        values.put("capture_method", to.captureMethod());
        values.put("customer", to.customerId());
        values.put("method", to.paymentMethodId());
        values.put("latest_charge", to.latestChargeId());
        values.put("cancellation_reason", to.cancellationReason());
        values.put("canceled_at", to.canceledAt());
        values.put("details", Json.write(to.details()));
        values.put("next_action", Json.writeOrNull(to.nextAction()));
        values.put("last_payment_error", Json.writeOrNull(to.lastPaymentError()));
        values.put("follow_up", to.hasFollowUp() && (to.status() == IntentStatus.SUCCEEDED || to.status() == IntentStatus.REQUIRES_CAPTURE));
        values.put("request", cause.requestId());
        values.put("event_idem_key", cause.idempotencyKey());
        values.putAll(events.values(drafts));
        return values;
    }

    private void putCharge(Map<String, @Nullable Object> values, Charge read, Charge to, @Nullable String cardId) {
        values.put("charge", read.id());
        values.put("charge_state_read", read.state().wireName());
        values.put("charge_state", to.state().wireName());
        values.put("provider_id", to.providerId());
        values.put("captured", to.amountCaptured());
        values.put("action", Json.writeOrNull(to.action()));
        values.put("watch_ms", (read.extras().takingBack() ? WATCH_TAKEN_BACK : WATCH).toMillis());
        values.put("action_expiry_ms", settings.actionExpiry().toMillis());
        values.put("failure", Json.writeOrNull(to.failure()));
        values.put("challenge", to.extras().challenge());
        // Where no provider took the request, the CVC is not used up: the next attempt needs it.
        boolean unused = to.failure() != null && to.failure().path("not_sent").asBoolean(false);
        values.put("card", unused ? null : cardId);
        values.put("unused_card", unused ? cardId : null);
    }

    static boolean moved(dev.bezant.server.database.Statement statement) {
        return statement.one(row -> row.number("moved") > 0).orElse(false);
    }
}
