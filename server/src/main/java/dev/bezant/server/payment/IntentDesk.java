package dev.bezant.server.payment;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.payment.IntentEvents.Change;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What requests about payment intents and about setup intents have in common. */
final class IntentDesk {
    static final List<IntentStatus> CONFIRMABLE = List.of(IntentStatus.REQUIRES_PAYMENT_METHOD, IntentStatus.REQUIRES_CONFIRMATION);
    /** Members that a publishable key does not see: what the merchant knows is not for the payer's browser. */
    private static final List<String> SECRET_MEMBERS = List.of("metadata", "customer", "customer_id", "charges", "latest_charge",
            "application_fee_amount", "transfer_data", "transfer_group");
    private static final String METHOD = "payment_method";

    private final Database database;
    private final Idempotency idempotency;
    private final Payments payments;
    private final Challenges challenges;
    private final AttemptStore store;
    private final PaymentMethods methods;
    private final Clock clock;

    IntentDesk(
            Database database,
            Idempotency idempotency,
            Payments payments,
            Challenges challenges,
            AttemptStore store,
            PaymentMethods methods,
            Clock clock) {
        this.database = database;
        this.idempotency = idempotency;
        this.payments = payments;
        this.challenges = challenges;
        this.store = store;
        this.methods = methods;
        this.clock = clock;
    }

    Intent find(ApiRequest request, Purpose purpose) {
        return Rows.intent(database, request.caller().accountId(), request.caller().livemode(), request.pathParam("id"))
                .filter(intent -> intent.purpose() == purpose)
                .orElseThrow(() -> missing(request, purpose));
    }

    /** The intent that a request names. A publishable key has to know its client secret; of others it is told what it is told of ids that nothing has. */
    Intent find(ApiRequest request, @Nullable String secret, Purpose purpose) {
        if (request.caller().publishable() && secret == null) {
            throw ApiException.missing("client_secret");
        }
        Intent intent = find(request, purpose);
        if (secret != null && !MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.UTF_8), intent.clientSecret().getBytes(StandardCharsets.UTF_8))) {
            throw missing(request, purpose);
        }
        return intent;
    }

    Intent lock(ApiRequest request, Session tx, Purpose purpose) {
        return tx.sql("""
                        select * from payment_intent where account_id = :account and livemode = :livemode and id = :id and purpose = :purpose
                           for update
                        """)
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("id", request.pathParam("id"))
                .bind("purpose", purpose.wireName())
                .one(Rows::intent)
                .orElseThrow(() -> missing(request, purpose));
    }

    /**
     * Makes an intent, confirming it at once if that is asked.
     *
     * @param fresh with the payment method's id, if there is one
     */
    ApiResponse create(ApiRequest request, Intent fresh, @Nullable Means means, boolean confirm) {
        List<EventDraft> created = IntentEvents.of(fresh, Change.CREATED);
        if (confirm) {
            if (means == null) {
                throw ApiException.missing("payment_method");
            }
            requireReturnUrl(fresh);
            return payments.confirm(request, null, fresh.change(), means, List.of(), created);
        }
        return idempotency.once(request, tx -> {
            requireCustomer(tx, request.caller(), fresh.customerId());
            keep(tx, fresh, means);
            store.insert(tx, Cause.of(request), fresh, created);
            return Render.intent(fresh, List.of());
        });
    }

    /**
     * Confirms an intent, or goes on where its payer has been authenticated and the server had to confirm again.
     *
     * @param wanted the intent as stored, with what the request changes of it
     * @param means what the request names; null = what the intent has
     */
    ApiResponse confirm(ApiRequest request, Intent intent, Intent.Change wanted, @Nullable Means means) {
        if (request.caller().publishable() && intent.confirmationMethod().equals("manual")) {
            throw new ApiException(ErrorCode.SECRET_KEY_REQUIRED, null, "An intent with confirmation_method=manual can be confirmed with a secret key only.");
        }
        List<Charge> charges = Rows.charges(database, intent.accountId(), intent.id());
        if (!CONFIRMABLE.contains(intent.status())) {
            return idempotency.replay(request).orElseThrow(() -> IntentErrors.busyOrUnexpected(intent, charges, "confirmed", CONFIRMABLE));
        }
        Optional<Charge> authenticated = charges.stream().filter(Challenges::isAnswered).findFirst();
        if (authenticated.isPresent()) {
            if (means != null && !means.id().equals(intent.paymentMethodId())) {
                throw ApiException.invalid("payment_method", "The payer was authenticated with " + intent.paymentMethodId()
                        + ". Confirm without payment_method, or update the intent with the other one first.");
            }
            return challenges.goOn(request, intent, authenticated.get());
        }
        Means with = means != null ? means : intent.paymentMethodId() == null ? null : new Means.Stored(intent.paymentMethodId());
        if (with == null) {
            // A declined attempt takes the payment method away: the repeat of its request gets that decline.
            return idempotency.replay(request).orElseThrow(() -> ApiException.missing("payment_method"));
        }
        requireReturnUrl(wanted.done());
        return payments.confirm(request, intent, wanted, with, charges, List.of());
    }

    /** Cancels an intent that holds no money. */
    ApiResponse cancel(ApiRequest request, Purpose purpose, List<IntentStatus> allowed, @Nullable String reason) {
        return idempotency.once(request, tx -> {
            Intent locked = lock(request, tx, purpose);
            List<Charge> now = Rows.charges(tx, locked.accountId(), locked.id());
            if (!allowed.contains(locked.status()) || locked.status() == IntentStatus.REQUIRES_CAPTURE) {
                throw IntentErrors.busyOrUnexpected(locked, now, "canceled", allowed);
            }
            Intent canceled = locked.change().status(IntentStatus.CANCELED).canceled(reason, clock.instant()).done();
            return close(request, tx, locked, canceled, now, IntentEvents.of(canceled, Change.CANCELED));
        });
    }

    /**
     * Stores a change of a locked intent.
     *
     * @param means what it is to be paid with from now on, already part of {@code after}
     * @param reshaped whether what the payer was asked to approve is not what is asked for any more
     */
    ObjectNode update(ApiRequest request, Session tx, Intent locked, Intent after, @Nullable Means means, boolean reshaped) {
        List<Charge> charges = Rows.charges(tx, locked.accountId(), locked.id());
        if (!reshaped) {
            return close(request, tx, locked, after, List.of(), List.of());
        }
        requireCustomer(tx, request.caller(), after.customerId());
        Means with = means != null ? means : after.paymentMethodId() == null ? null : new Means.Stored(after.paymentMethodId());
        keep(tx, after, with);
        return close(request, tx, locked, after, charges, List.of());
    }

    /** Moves a locked intent; an attempt that waits for its payer ends with that. */
    private ObjectNode close(ApiRequest request, Session tx, Intent locked, Intent after, List<Charge> charges, List<EventDraft> events) {
        Optional<Charge> open = charges.stream().filter(charge -> charge.state() == ChargeState.REQUIRES_ACTION).findFirst();
        boolean moved;
        if (open.isEmpty()) {
            moved = store.move(tx, Cause.of(request), locked, after, events);
        } else {
            Charge closed = abandoned(locked, open.get());
            moved = store.finish(tx, Cause.of(request), locked, open.get(), new Transition(after, closed,
                    IntentEvents.together(IntentEvents.ofCharge(after, "charge.failed", closed), events), null), null, null);
        }
        if (!moved) {
            throw new IllegalStateException("A locked intent has moved");
        }
        return Render.intent(after, Rows.charges(tx, after.accountId(), after.id()));
    }

    /** The provider cannot finish it without us. */
    private static Charge abandoned(Intent intent, Charge charge) {
        return Transition.failed(intent, charge, DeclineCode.AUTHENTICATION_FAILURE,
                new Outcome.ProviderSays(null, "Given up before the payer was authenticated", null), null, true).charge();
    }

    /** Makes sure that a payment method can be used with the customer; stores it if it came with the request. */
    private void keep(Session tx, Intent intent, @Nullable Means means) {
        switch (means) {
            case null -> {
                // Nothing to pay with yet.
            }
            case Means.Fresh(var draft) -> {
                MethodRules.requireAllowed(intent, draft.method().type(), means.typeParam());
                methods.insert(tx, draft);
            }
            case Means.Stored(var id, var redirect) -> requireMethod(tx, intent, id);
        }
    }

    /** @see "docs/protocols/payments-api.md, section 3.4" */
    private static void requireReturnUrl(Intent intent) {
        var automatic = intent.details().path("automatic_payment_methods");
        boolean redirects = automatic.path("enabled").asBoolean(false) && !automatic.path("allow_redirects").asString("always").equals("never");
        if (redirects && intent.detail("return_url") == null && !intent.detailFlag("off_session")) {
            throw new ApiException(ErrorCode.PARAMETER_MISSING, "return_url", "Missing required param: return_url. An intent with"
                    + " automatic_payment_methods may send the payer elsewhere and needs to know where to come back to; or set"
                    + " automatic_payment_methods[allow_redirects]=never.");
        }
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

    private static void requireMethod(Session tx, Intent intent, String method) {
        String customer = intent.customerId();
        record Found(boolean detached, @Nullable String customer, String type) {}
        Found found = tx.sql("""
                        select detached_at is not null as detached, customer_id, type from payment_method
                         where account_id = :account and livemode = :livemode and id = :id
                        """)
                .bind("account", intent.accountId())
                .bind("livemode", intent.livemode())
                .bind("id", method)
                .one(row -> new Found(row.flag("detached"), row.textOrNull("customer_id"), row.text("type")))
                .orElseThrow(() -> ApiException.noSuch("PaymentMethod", method, "payment_method"));
        if (found.detached()) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, "payment_method",
                    "This payment method was detached from its customer and cannot be used again. Create a new one.");
        }
        if (found.customer() != null && !found.customer().equals(customer)) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, "payment_method",
                    "This payment method belongs to " + (customer == null ? "a customer. Send that customer too." : "another customer."));
        }
        MethodRules.requireAllowed(intent, found.type(), "payment_method");
    }

    ObjectNode shown(Caller caller, Intent intent) {
        ObjectNode shown = Render.intent(intent, Rows.charges(database, intent.accountId(), intent.id()));
        return caller.publishable() ? redacted(shown) : shown;
    }

    /** Runs something that answers with an intent, and hides from a browser what is not for it: in errors too. */
    ApiResponse shownTo(Caller caller, Purpose purpose, java.util.function.Supplier<ApiResponse> work) {
        if (!caller.publishable()) {
            return work.get();
        }
        try {
            ApiResponse response = work.get();
            ObjectNode body = Json.readObject(response.json());
            redactError(body.path("error"));
            redacted(body.path("error").path(purpose.object()) instanceof ObjectNode inner ? inner : body);
            return new ApiResponse(response.status(), Json.write(body), response.headers(), response.providerNanos());
        } catch (ApiException e) {
            JsonNode error = e.body("").path("error");
            if (error.path(purpose.object()) instanceof ObjectNode intent) {
                e.with(purpose.object(), redacted(intent));
            }
            if (error.path(METHOD) instanceof ObjectNode method) {
                e.with(METHOD, redactedMethod(method));
            }
            throw e;
        }
    }

    private static ObjectNode redacted(ObjectNode intent) {
        intent.remove(SECRET_MEMBERS);
        redactError(intent.path("last_payment_error"));
        redactError(intent.path("last_setup_error"));
        return intent;
    }

    private static void redactError(JsonNode error) {
        if (error.path(METHOD) instanceof ObjectNode method) {
            redactedMethod(method);
        }
    }

    private static ObjectNode redactedMethod(ObjectNode method) {
        return method.remove(List.of("metadata", "customer"));
    }

    private static ApiException missing(ApiRequest request, Purpose purpose) {
        return ApiException.noSuch(purpose.word(), request.pathParam("id"), "intent");
    }

    List<Charge> charges(Intent intent) {
        return new ArrayList<>(Rows.charges(database, intent.accountId(), intent.id()));
    }
}
