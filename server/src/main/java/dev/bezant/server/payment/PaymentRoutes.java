package dev.bezant.server.payment;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/payment_intents}.
 *
 * @see "docs/protocols/payments-api.md, sections 1.2, 1.3, 2.4 and 3"
 */
final class PaymentRoutes {
    private static final List<IntentStatus> CONFIRMABLE = List.of(IntentStatus.REQUIRES_PAYMENT_METHOD, IntentStatus.REQUIRES_CONFIRMATION);
    private static final List<IntentStatus> CANCELABLE = List.of(IntentStatus.REQUIRES_PAYMENT_METHOD, IntentStatus.REQUIRES_CONFIRMATION,
            IntentStatus.REQUIRES_ACTION, IntentStatus.REQUIRES_CAPTURE);
    private static final List<IntentStatus> CHANGEABLE = List.of(IntentStatus.REQUIRES_PAYMENT_METHOD, IntentStatus.REQUIRES_CONFIRMATION,
            IntentStatus.REQUIRES_ACTION);
    private static final List<String> CANCEL_REASONS = List.of("duplicate", "fraudulent", "requested_by_customer", "abandoned");
    /** Members of the intent that a publishable key does not see. */
    private static final List<String> SECRET_MEMBERS = List.of("metadata", "customer", "customer_id", "charges", "latest_charge",
            "application_fee_amount", "transfer_data", "transfer_group");
    private static final int SECRET_CHARS = 24;

    private final Database database;
    private final Idempotency idempotency;
    private final Payments payments;
    private final Operations operations;
    private final AttemptStore store;
    private final CardVault vault;
    private final Ids ids;
    private final Clock clock;

    PaymentRoutes(
            Database database,
            Idempotency idempotency,
            Payments payments,
            Operations operations,
            AttemptStore store,
            CardVault vault,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.idempotency = idempotency;
        this.payments = payments;
        this.operations = operations;
        this.store = store;
        this.vault = vault;
        this.ids = ids;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.money("/v1/payment_intents", this::create),
                Route.get("/v1/payment_intents", this::list),
                Route.get("/v1/payment_intents/{id}", this::retrieve).publishableToo(),
                Route.post("/v1/payment_intents/{id}", this::update),
                Route.money("/v1/payment_intents/{id}/confirm", this::confirm).publishableToo(),
                Route.money("/v1/payment_intents/{id}/capture", this::capture),
                Route.money("/v1/payment_intents/{id}/cancel", this::cancel));
    }

    private ApiResponse create(ApiRequest request) {
        Params params = request.params();
        Money amount = IntentParams.money(params);
        String captureMethod = IntentParams.captureMethod(params);
        String confirmationMethod = params.choice("confirmation_method", List.of("automatic", "manual"));
        String customer = IntentParams.customer(params);
        String method = IntentParams.method(params);
        ObjectNode details = IntentParams.details(params, null);
        Boolean confirm = params.flag("confirm");
        params.ignore("expand");
        params.done();
        boolean confirmed = confirm != null && confirm;
        if (confirmed && method == null) {
            throw ApiException.missing("payment_method");
        }
        if (!confirmed && details.has("off_session")) {
            throw ApiException.invalid("off_session", "off_session says how a payment is confirmed; send it with confirm=true or on confirm.");
        }
        Caller caller = request.caller();
        String id = ids.next("pi");
        var fresh = new Intent(caller.accountId(), id, caller.livemode(), 0,
                method == null ? IntentStatus.REQUIRES_PAYMENT_METHOD : IntentStatus.REQUIRES_CONFIRMATION, amount, 0, 0, captureMethod,
                confirmationMethod == null ? "automatic" : confirmationMethod, customer, method, null,
                id + "_secret_" + ids.secret(SECRET_CHARS), null, null, details, null, null, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (confirmed && method != null) {
            Optional<ApiResponse> done = replayOfToken(request, method);
            if (done.isPresent()) {
                return done.get();
            }
            Intent named = fresh.change().paymentMethod(confirmable(request, method, fresh)).done();
            return payments.confirm(request, null, named.change(), List.of(), List.of(created(named)));
        }
        return idempotency.once(request, tx -> {
            requireCustomer(tx, caller, customer);
            String methodId = method == null ? null : methodId(tx, request, method);
            requireMethod(tx, caller, methodId, customer);
            Intent stored = fresh.change().paymentMethod(methodId).done();
            store.insert(tx, Cause.of(request), stored, List.of(created(stored)));
            return Render.intent(stored, List.of());
        });
    }

    private ObjectNode retrieve(ApiRequest request) {
        Params params = request.params();
        String secret = params.text("client_secret", 255);
        params.ignore("expand");
        params.done();
        Intent intent = find(request);
        return shown(request.caller(), secret, intent, Rows.charges(database, intent.accountId(), intent.id()));
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        String customer = params.text("customer", 255);
        CreatedFilter created = CreatedFilter.of(params);
        params.ignore("expand");
        params.done();
        Caller caller = request.caller();
        if (page.cursor() != null && Rows.intent(database, caller.accountId(), caller.livemode(), page.cursor()).isEmpty()) {
            throw ApiException.noSuch("PaymentIntent", page.cursor(), page.cursorParam());
        }
        List<Intent> rows = database.sql("""
                        select * from payment_intent
                         where account_id = :account and livemode = :livemode and (:customer::text is null or customer_id = :customer)
                        """ + Page.mode(request.caller()) + created.sql("created_at") + page.sql("id"))
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("customer", customer)
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(Rows::intent);
        List<Charge> charges = database.sql("select * from charge where account_id = :account and payment_intent_id = any (:ids) order by attempt desc")
                .bind("account", caller.accountId())
                .bind("ids", rows.stream().map(Intent::id).toList())
                .list(Rows::charge);
        return page.respond("/v1/payment_intents", rows, intent ->
                Render.intent(intent, charges.stream().filter(charge -> charge.paymentIntentId().equals(intent.id())).toList()));
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        Params params = request.params();
        Intent intent = lock(request, tx);
        List<Charge> charges = Rows.charges(tx, intent.accountId(), intent.id());
        ObjectNode details = IntentParams.details(params, intent.details());
        Intent.Change change = intent.change().details(details);
        String method = IntentParams.method(params);
        boolean money = params.has("amount") || params.has("currency");
        boolean reshapes = money || params.has("payment_method") || IntentParams.namesCustomer(params) || params.has("capture_method");
        if (reshapes && !CHANGEABLE.contains(intent.status())) {
            throw IntentErrors.unexpected(intent, charges, "updated in these parameters", CHANGEABLE);
        }
        if (money) {
            change.amount(newAmount(params, intent.amount()));
        }
        if (params.has("capture_method")) {
            change.captureMethod(IntentParams.captureMethod(params));
        }
        String customer = IntentParams.namesCustomer(params) ? IntentParams.customer(params) : intent.customerId();
        params.ignore("expand");
        params.done();
        if (!reshapes) {
            return stored(request, tx, intent, change, null);
        }
        requireCustomer(tx, request.caller(), customer);
        String methodId = params.has("payment_method") ? method == null ? null : methodId(tx, request, method) : intent.paymentMethodId();
        requireMethod(tx, request.caller(), methodId, customer);
        change.customer(customer).paymentMethod(methodId);
        // What the payer was asked to approve is not what is asked for any more: that attempt ends here.
        Charge open = charges.stream().filter(charge -> charge.state() == ChargeState.REQUIRES_ACTION).findFirst().orElse(null);
        if (intent.status() != IntentStatus.REQUIRES_PAYMENT_METHOD || methodId != null) {
            change.status(methodId == null ? IntentStatus.REQUIRES_PAYMENT_METHOD : IntentStatus.REQUIRES_CONFIRMATION);
        }
        return stored(request, tx, intent, change, open);
    }

    private ObjectNode stored(ApiRequest request, Session tx, Intent intent, Intent.Change change, @Nullable Charge open) {
        Intent after = change.done();
        boolean moved;
        if (open == null) {
            moved = store.move(tx, Cause.of(request), intent, after, List.of());
        } else {
            Charge closed = abandoned(intent, open);
            moved = store.finish(tx, Cause.of(request), intent, open,
                    new Transition(after, closed, List.of(EventDraft.of("charge.failed", Render.charge(closed))), null), null, null);
        }
        if (!moved) {
            throw new IllegalStateException("A locked intent has moved");
        }
        return Render.intent(after, Rows.charges(tx, intent.accountId(), intent.id()));
    }

    private static Money newAmount(Params params, Money old) {
        Long amount = params.amount("amount");
        String currency = params.has("currency") ? params.requiredText("currency", 10) : old.currency().code();
        return IntentParams.money(amount == null ? old.amount() : amount, IntentParams.currency(currency));
    }

    private ApiResponse confirm(ApiRequest request) {
        try {
            return confirmed(request);
        } catch (ApiException e) {
            if (request.caller().kind() == Caller.KeyKind.PUBLISHABLE
                    && e.body("").path("error").path("payment_intent") instanceof ObjectNode intent) {
                e.with("payment_intent", redacted(intent));
            }
            throw e;
        }
    }

    private ApiResponse confirmed(ApiRequest request) {
        Params params = request.params();
        Intent intent = find(request);
        String secret = params.text("client_secret", 255);
        requireClientSecret(request.caller(), secret, intent);
        ObjectNode details = intent.details().deepCopy();
        // How an earlier attempt was made says nothing of this one: the payer may be here now.
        details.remove(List.of("off_session", "error_on_requires_action"));
        if (request.caller().kind() == Caller.KeyKind.PUBLISHABLE) {
            IntentParams.refuseMerchantsOnly(params);
        }
        IntentParams.confirmDetails(params, details);
        String method = IntentParams.method(params);
        if (params.has("capture_method")) {
            throw ApiException.invalid("capture_method", "capture_method cannot be changed on confirm; update the intent before.");
        }
        params.ignore("expand");
        params.done();
        if (request.caller().kind() == Caller.KeyKind.PUBLISHABLE && intent.confirmationMethod().equals("manual")) {
            throw new ApiException(ErrorCode.SECRET_KEY_REQUIRED, null, "An intent with confirmation_method=manual can be confirmed with a secret key only.");
        }
        List<Charge> charges = Rows.charges(database, intent.accountId(), intent.id());
        if (!CONFIRMABLE.contains(intent.status())) {
            return shownTo(request.caller(), idempotency.replay(request).orElseThrow(() ->
                    IntentErrors.busyOrUnexpected(intent, charges, "confirmed", CONFIRMABLE)));
        }
        Optional<ApiResponse> done = method == null ? Optional.empty() : replayOfToken(request, method);
        if (done.isPresent()) {
            return shownTo(request.caller(), done.get());
        }
        String wanted = method == null ? intent.paymentMethodId() : confirmable(request, method, intent.change().details(details).done());
        if (wanted == null) {
            // A declined attempt takes the payment method away: the repeat of its request gets that decline.
            return shownTo(request.caller(), idempotency.replay(request).orElseThrow(() -> ApiException.missing("payment_method")));
        }
        return shownTo(request.caller(), payments.confirm(request, intent, intent.change().paymentMethod(wanted).details(details), charges, List.of()));
    }

    private ApiResponse capture(ApiRequest request) {
        return capture(request, find(request), "amount_to_capture");
    }

    /** @param amountParam how the amount is called where it is captured through something else than the intent */
    ApiResponse capture(ApiRequest request, Intent intent, String amountParam) {
        Params params = request.params();
        Long asked = params.amount(amountParam);
        Boolean last = params.flag("final_capture");
        params.ignore("expand");
        params.done();
        if (last != null && !last) {
            throw ApiException.invalid("final_capture", "Several captures of one authorization are not supported: what is not captured now is released.");
        }
        List<Charge> charges = Rows.charges(database, intent.accountId(), intent.id());
        if (intent.status() != IntentStatus.REQUIRES_CAPTURE) {
            return idempotency.replay(request).orElseThrow(() ->
                    IntentErrors.busyOrUnexpected(intent, charges, "captured", List.of(IntentStatus.REQUIRES_CAPTURE)));
        }
        long amount = asked == null ? intent.amountCapturable() : asked;
        if (amount < 1) {
            throw new ApiException(ErrorCode.AMOUNT_TOO_SMALL, amountParam, amountParam + " must be at least 1.");
        }
        if (!intent.amount().currency().divides(amount)) {
            throw ApiException.invalid(amountParam, "Invalid " + amountParam + ": " + amount + " " + intent.amount().currency()
                    + " must be a multiple of " + intent.amount().currency().step() + ".");
        }
        Money capturable = new Money(intent.amountCapturable(), intent.amount().currency());
        if (amount > capturable.amount()) {
            throw new ApiException(ErrorCode.AMOUNT_TOO_LARGE, amountParam, "Cannot capture "
                    + new Money(amount, capturable.currency()) + " of " + intent.id() + ": only " + capturable + " can be captured.");
        }
        return operations.run(request, intent, authorized(charges), "capture", new Money(amount, capturable.currency()), null);
    }

    private ApiResponse cancel(ApiRequest request) {
        Params params = request.params();
        Intent intent = find(request);
        String reason = params.choice("cancellation_reason", CANCEL_REASONS);
        params.ignore("expand");
        params.done();
        List<Charge> charges = Rows.charges(database, intent.accountId(), intent.id());
        if (!CANCELABLE.contains(intent.status())) {
            return idempotency.replay(request).orElseThrow(() -> IntentErrors.unexpected(intent, charges, "canceled", CANCELABLE));
        }
        if (intent.status() == IntentStatus.REQUIRES_CAPTURE) {
            Charge charge = authorized(charges);
            return operations.run(request, intent, charge, "void", charge.amount(), reason);
        }
        return idempotency.once(request, tx -> {
            Intent locked = lock(request, tx);
            List<Charge> now = Rows.charges(tx, intent.accountId(), intent.id());
            if (!CANCELABLE.contains(locked.status()) || locked.status() == IntentStatus.REQUIRES_CAPTURE) {
                throw IntentErrors.busyOrUnexpected(locked, now, "canceled", CANCELABLE);
            }
            Intent canceled = locked.change().status(IntentStatus.CANCELED).canceled(reason, clock.instant()).done();
            var events = new ArrayList<EventDraft>();
            Optional<Charge> open = now.stream().filter(charge -> charge.state() == ChargeState.REQUIRES_ACTION).findFirst();
            Charge closed = open.map(charge -> abandoned(locked, charge)).orElse(null);
            if (closed != null) {
                events.add(EventDraft.of("charge.failed", Render.charge(closed)));
            }
            events.add(EventDraft.of("payment_intent.canceled", Render.snapshot(canceled)));
            boolean moved = closed == null
                    ? store.move(tx, Cause.of(request), locked, canceled, events)
                    : store.finish(tx, Cause.of(request), locked, open.orElseThrow(), new Transition(canceled, closed, events, null), null, null);
            if (!moved) {
                throw new IllegalStateException("A locked intent has moved");
            }
            return Render.intent(canceled, Rows.charges(tx, intent.accountId(), intent.id()));
        });
    }

    /** An attempt that waited for its payer and is not wanted any more. The provider cannot finish it without us. */
    private static Charge abandoned(Intent intent, Charge charge) {
        return Transition.failed(intent, charge, DeclineCode.AUTHENTICATION_FAILURE,
                new Outcome.ProviderSays(null, "Given up before the payer was authenticated", null), null, true).charge();
    }

    private static Charge authorized(List<Charge> charges) {
        return charges.stream().filter(charge -> charge.state() == ChargeState.AUTHORIZED).findFirst()
                .orElseThrow(() -> new IllegalStateException("An intent that requires capture has no authorized charge"));
    }

    private Intent find(ApiRequest request) {
        return Rows.intent(database, request.caller().accountId(), request.caller().livemode(), request.pathParam("id"))
                .orElseThrow(() -> ApiException.noSuch("PaymentIntent", request.pathParam("id"), "intent"));
    }

    private static Intent lock(ApiRequest request, Session tx) {
        return tx.sql("select * from payment_intent where account_id = :account and livemode = :livemode and id = :id for update")
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("id", request.pathParam("id"))
                .one(Rows::intent)
                .orElseThrow(() -> ApiException.noSuch("PaymentIntent", request.pathParam("id"), "intent"));
    }

    /** An id, or a test token turned into a payment method of its own. */
    private String methodId(Session tx, ApiRequest request, String given) {
        return vault.methodFromToken(tx, request.caller(), given).orElse(given);
    }

    /** A method that a payment can begin with. A token's is stored before, but only once nothing else can be wrong. */
    private String confirmable(ApiRequest request, String given, Intent wanted) {
        if (!vault.namesTestCard(given)) {
            return given;
        }
        requireCustomer(database, request.caller(), wanted.customerId());
        payments.accounts(wanted);
        return database.transaction(tx -> methodId(tx, request, given));
    }

    /** The answer to an earlier request, where repeating it would make a token into one more payment method. */
    private Optional<ApiResponse> replayOfToken(ApiRequest request, String given) {
        return vault.namesTestCard(given) ? idempotency.replay(request) : Optional.empty();
    }

    private static EventDraft created(Intent intent) {
        return EventDraft.of("payment_intent.created", Render.snapshot(intent));
    }

    private static void requireCustomer(Session tx, Caller caller, @Nullable String customer) {
        if (customer == null) {
            return;
        }
        boolean exists = tx.sql("""
                        select 1 from customer where account_id = :account and livemode = :livemode and id = :id and deleted_at is null
                        """)
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("id", customer)
                .one(row -> true)
                .isPresent();
        if (!exists) {
            throw ApiException.noSuch("customer", customer, "customer");
        }
    }

    private static void requireMethod(Session tx, Caller caller, @Nullable String method, @Nullable String customer) {
        if (method == null) {
            return;
        }
        record Found(boolean detached, @Nullable String customer) {}
        Found found = tx.sql("""
                        select detached_at is not null as detached, customer_id from payment_method
                         where account_id = :account and livemode = :livemode and id = :id
                        """)
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("id", method)
                .one(row -> new Found(row.flag("detached"), row.textOrNull("customer_id")))
                .orElseThrow(() -> ApiException.noSuch("PaymentMethod", method, "payment_method"));
        if (found.detached()) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, "payment_method",
                    "This payment method was detached from its customer and cannot be used again. Create a new one.");
        }
        if (found.customer() != null && !found.customer().equals(customer)) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, "payment_method",
                    "This payment method belongs to " + (customer == null ? "a customer. Send that customer too." : "another customer."));
        }
    }

    private static ObjectNode shown(Caller caller, @Nullable String secret, Intent intent, List<Charge> charges) {
        requireClientSecret(caller, secret, intent);
        ObjectNode shown = Render.intent(intent, charges);
        return caller.kind() == Caller.KeyKind.PUBLISHABLE ? redacted(shown) : shown;
    }

    private static ApiResponse shownTo(Caller caller, ApiResponse response) {
        if (caller.kind() != Caller.KeyKind.PUBLISHABLE) {
            return response;
        }
        ObjectNode body = Json.readObject(response.json());
        if (body.path("error").path("payment_intent").isObject()) {
            redacted((ObjectNode) body.path("error").path("payment_intent"));
        } else {
            redacted(body);
        }
        return new ApiResponse(response.status(), Json.write(body), response.headers(), response.providerNanos());
    }

    private static ObjectNode redacted(ObjectNode intent) {
        intent.remove(SECRET_MEMBERS);
        return intent;
    }

    /** A publishable key sees an intent only with its client secret; a wrong one is told like an unknown id. */
    private static void requireClientSecret(Caller caller, @Nullable String secret, Intent intent) {
        if (caller.kind() == Caller.KeyKind.PUBLISHABLE && secret == null) {
            throw ApiException.missing("client_secret");
        }
        if (secret != null && !MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.UTF_8), intent.clientSecret().getBytes(StandardCharsets.UTF_8))) {
            throw ApiException.noSuch("PaymentIntent", intent.id(), "client_secret");
        }
    }
}
