package dev.bezant.server.payment;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
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
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/payment_intents}.
 *
 * @see "docs/protocols/payments-api.md, sections 1.2, 1.3, 2.4 and 3"
 */
final class PaymentRoutes {
    static final int SECRET_CHARS = 24;
    private static final List<IntentStatus> CANCELABLE = List.of(IntentStatus.REQUIRES_PAYMENT_METHOD, IntentStatus.REQUIRES_CONFIRMATION,
            IntentStatus.REQUIRES_ACTION, IntentStatus.REQUIRES_CAPTURE);
    private static final List<IntentStatus> CHANGEABLE = List.of(IntentStatus.REQUIRES_PAYMENT_METHOD, IntentStatus.REQUIRES_CONFIRMATION,
            IntentStatus.REQUIRES_ACTION);
    private static final List<String> CANCEL_REASONS = List.of("duplicate", "fraudulent", "requested_by_customer", "abandoned");
    private static final List<String> CAPTURE_METHODS = List.of("automatic", "automatic_async", "manual");
    /** All that a page may say when it begins a payment with a publishable key. */
    private static final List<String> FOR_BROWSERS = List.of("amount", "currency", "payment_method_types", "allowed_payment_method_types",
            "automatic_payment_methods", "description", "receipt_email", "payment_method", "use_stripe_sdk", "confirm", "confirmation_method", "return_url");

    private final Database database;
    private final Idempotency idempotency;
    private final IntentDesk desk;
    private final Operations operations;
    private final Means.Reader means;
    private final AccountChoice choice;
    private final Ids ids;
    private final Clock clock;

    PaymentRoutes(
            Database database,
            Idempotency idempotency,
            IntentDesk desk,
            Operations operations,
            Means.Reader means,
            AccountChoice choice,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.idempotency = idempotency;
        this.desk = desk;
        this.operations = operations;
        this.means = means;
        this.choice = choice;
        this.ids = ids;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.money("/v1/payment_intents", this::create).publishableToo(),
                Route.get("/v1/payment_intents", this::list),
                Route.get("/v1/payment_intents/{id}", this::retrieve).publishableToo(),
                Route.post("/v1/payment_intents/{id}", this::update),
                Route.money("/v1/payment_intents/{id}/confirm", this::confirm).publishableToo(),
                Route.money("/v1/payment_intents/{id}/capture", this::capture),
                Route.money("/v1/payment_intents/{id}/cancel", this::cancel),
                Route.get("/v1/payment_intents/{id}/amount_details_line_items", this::lineItems),
                Route.money("/v1/payment_intents/{id}/increment_authorization", this::increment),
                Route.post("/v1/payment_intents/{id}/verify_microdeposits", (request, tx) -> unsupported(request, "microdeposits are sent to bank accounts")),
                Route.post("/v1/payment_intents/{id}/apply_customer_balance",
                        (request, tx) -> unsupported(request, "customers have no cash balance here")));
    }

    private ApiResponse create(ApiRequest request) {
        Params params = request.params();
        Caller caller = request.caller();
        Money amount = IntentParams.money(params);
        if (caller.publishable()) {
            checkBrowser(caller, params, amount);
        }
        String captureMethod = params.choice("capture_method", CAPTURE_METHODS);
        String confirmationMethod = params.choice("confirmation_method", List.of("automatic", "manual"));
        String customer = IntentParams.customer(params);
        ObjectNode details = withMandate(IntentParams.details(params, null));
        if (!params.has("payment_method_types") && !params.has("allowed_payment_method_types")) {
            offerAutomatically(caller, amount.currency(), details);
        }
        Boolean confirm = params.flag("confirm");
        Means with = means.read(params, caller);
        params.ignore("expand");
        params.done();
        boolean confirmed = confirm != null && confirm;
        if (!confirmed && details.has("off_session")) {
            throw ApiException.invalid("off_session", "off_session says how a payment is confirmed; send it with confirm=true or on confirm.");
        }
        String id = ids.next(Purpose.PAYMENT.idPrefix());
        var fresh = new Intent(caller.accountId(), id, caller.livemode(), Purpose.PAYMENT, 1,
                with == null ? IntentStatus.REQUIRES_PAYMENT_METHOD : IntentStatus.REQUIRES_CONFIRMATION, amount, 0, 0,
                captureMethod == null ? "automatic" : captureMethod, confirmationMethod == null ? "automatic" : confirmationMethod, customer,
                with == null ? null : with.id(), null, id + "_secret_" + ids.secret(SECRET_CHARS), null, null, details, null, null,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return desk.shownTo(caller, Purpose.PAYMENT, () -> desk.create(request, fresh, with, confirmed));
    }

    /** With {@code automatic_payment_methods}, an intent may be paid with whatever the provider accounts take; without redirects, with cards. */
    private void offerAutomatically(Caller caller, Currency currency, ObjectNode details) {
        var automatic = details.path("automatic_payment_methods");
        if (automatic.path("enabled").asBoolean(false) && automatic.path("allow_redirects").asString("").equals("always")) {
            ArrayNode types = (ArrayNode) details.get("payment_method_types");
            choice.offered(caller.accountId(), caller.livemode(), currency).forEach(method -> types.add(method.type()));
        }
    }

    /** @see "docs/protocols/payments-api.md, section 1.9" */
    private void checkBrowser(Caller caller, Params params, Money amount) {
        params.names().stream().filter(name -> !FOR_BROWSERS.contains(name)).findFirst().ifPresent(name -> {
            throw IntentParams.secretNeeded(name);
        });
        if ("manual".equals(params.text("confirmation_method"))) {
            // Whoever made it so could not confirm it.
            throw IntentParams.secretNeeded("confirmation_method");
        }
        if (!caller.livemode()) {
            return;
        }
        Long max = database.sql("select browser_payment_max as max from account where id = :id").bind("id", caller.accountId())
                .one(row -> Optional.ofNullable(row.numberOrNull("max"))).flatMap(it -> it).orElse(null);
        if (max == null) {
            throw new ApiException(ErrorCode.SECRET_KEY_REQUIRED, null, "In live mode payments begin with a secret key. The account can allow"
                    + " its pages to begin them: ./bezant accounts browser-payments");
        }
        if (amount.amount() > max) {
            throw new ApiException(ErrorCode.AMOUNT_TOO_LARGE, "amount", "With a publishable key at most " + max + " is allowed.");
        }
    }

    private ObjectNode retrieve(ApiRequest request) {
        Params params = request.params();
        String secret = params.text("client_secret", 255);
        params.ignore("expand");
        params.done();
        return desk.shown(request.caller(), desk.find(request, secret, Purpose.PAYMENT));
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
                         where account_id = :account and livemode = :livemode and purpose = 'payment'
                           and (:customer::text is null or customer_id = :customer)
                        """ + Page.mode(request.caller()) + created.sql("created_at") + page.sql("id"))
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("customer", customer)
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(Rows::intent);
        return page.respond("/v1/payment_intents", rows, withCharges(caller, rows));
    }

    private java.util.function.Function<Intent, ObjectNode> withCharges(Caller caller, List<Intent> intents) {
        List<Charge> charges = database.sql("select * from charge where account_id = :account and payment_intent_id = any (:ids) order by attempt desc")
                .bind("account", caller.accountId())
                .bind("ids", intents.stream().map(Intent::id).toList())
                .list(Rows::charge);
        return intent -> Render.intent(intent, charges.stream().filter(charge -> charge.paymentIntentId().equals(intent.id())).toList());
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        Params params = request.params();
        Intent intent = desk.lock(request, tx, Purpose.PAYMENT);
        ObjectNode details = withMandate(IntentParams.details(params, intent.details()));
        Intent.Change change = intent.change().details(details);
        boolean money = params.has("amount") || params.has("currency");
        boolean method = Means.Reader.named(params);
        boolean reshapes = money || method || IntentParams.namesCustomer(params) || params.has("capture_method");
        if (reshapes && !CHANGEABLE.contains(intent.status())) {
            throw IntentErrors.unexpected(intent, desk.charges(intent), "updated in these parameters", CHANGEABLE);
        }
        if (money) {
            change.amount(newAmount(params, intent.amount()));
        }
        captureMethod(params, change);
        if (IntentParams.namesCustomer(params)) {
            change.customer(IntentParams.customer(params));
        }
        Means with = means.read(params, request.caller());
        params.ignore("expand");
        params.done();
        if (reshapes) {
            reshape(intent, change, method, with);
        }
        return desk.update(request, tx, intent, change.done(), with, reshapes);
    }

    /** What the payer was asked to approve is not what is asked for any more. */
    static void reshape(Intent intent, Intent.Change change, boolean namesMethod, @Nullable Means with) {
        String method = namesMethod ? with == null ? null : with.id() : intent.paymentMethodId();
        change.paymentMethod(method);
        if (intent.status() != IntentStatus.REQUIRES_PAYMENT_METHOD || method != null) {
            change.status(method == null ? IntentStatus.REQUIRES_PAYMENT_METHOD : IntentStatus.REQUIRES_CONFIRMATION);
        }
    }

    private static void captureMethod(Params params, Intent.Change change) {
        String captureMethod = params.choice("capture_method", CAPTURE_METHODS);
        if (captureMethod != null) {
            change.captureMethod(captureMethod);
        }
    }

    private static Money newAmount(Params params, Money old) {
        Long amount = params.amount("amount");
        String currency = params.has("currency") ? params.requiredText("currency", 10) : old.currency().code();
        return IntentParams.money(amount == null ? old.amount() : amount, IntentParams.currency(currency));
    }

    private ApiResponse confirm(ApiRequest request) {
        return desk.shownTo(request.caller(), Purpose.PAYMENT, () -> confirmed(request));
    }

    private ApiResponse confirmed(ApiRequest request) {
        Params params = request.params();
        Intent intent = desk.find(request, params.text("client_secret", 255), Purpose.PAYMENT);
        if (request.caller().publishable()) {
            IntentParams.refuseMerchantsOnly(params);
        }
        ObjectNode details = intent.details().deepCopy();
        // How an earlier attempt was made says nothing of this one: the payer may be here now.
        details.remove(List.of("off_session", "error_on_requires_action"));
        IntentParams.confirmDetails(params, details);
        IntentParams.types(params, details, false, Purpose.PAYMENT);
        Intent.Change wanted = intent.change().details(withMandate(details));
        captureMethod(params, wanted);
        checkAmount(params, intent);
        checkMandate(params, request.caller());
        Means with = means.read(params, request.caller());
        params.ignore("expand");
        params.done();
        return desk.confirm(request, intent, wanted, with);
    }

    /** Says what a payer has been shown: what is charged must not be another amount. */
    private static void checkAmount(Params params, Intent intent) {
        Long shown = params.amount("amount_to_confirm");
        if (shown != null && shown != intent.amount().amount()) {
            throw ApiException.invalid("amount_to_confirm", "amount_to_confirm is " + shown + ", but the intent's amount is "
                    + intent.amount().amount() + ". Update the intent, or confirm its amount.");
        }
    }

    private void checkMandate(Params params, Caller caller) {
        String mandate = params.text("mandate", 255);
        if (mandate != null && database.sql("select 1 from mandate where account_id = :account and livemode = :livemode and id = :id and status = 'active'")
                .bind("account", caller.accountId()).bind("livemode", caller.livemode()).bind("id", mandate).one(row -> true).isEmpty()) {
            throw new ApiException(ErrorCode.BILLING_INVALID_MANDATE, "mandate", "No active mandate has the id '" + mandate + "'.");
        }
    }

    private ApiResponse capture(ApiRequest request) {
        return capture(request, desk.find(request, Purpose.PAYMENT), "amount_to_capture");
    }

    /** @param amountParam how the amount is called where it is captured through something else than the intent */
    ApiResponse capture(ApiRequest request, Intent intent, String amountParam) {
        Params params = request.params();
        Long asked = params.amount(amountParam);
        Boolean last = params.flag("final_capture");
        ObjectNode details = intent.details().deepCopy();
        IntentParams.descriptors(params, details);
        IntentParams.metadata(params, details);
        params.ignore("expand");
        params.done();
        return operations.capture(request, intent, intent.change().details(details), asked, amountParam, last == null || last);
    }

    private ApiResponse cancel(ApiRequest request) {
        Params params = request.params();
        Intent intent = desk.find(request, Purpose.PAYMENT);
        String reason = params.choice("cancellation_reason", CANCEL_REASONS);
        params.ignore("expand");
        params.done();
        if (!CANCELABLE.contains(intent.status())) {
            return idempotency.replay(request).orElseThrow(() -> IntentErrors.unexpected(intent, desk.charges(intent), "canceled", CANCELABLE));
        }
        return intent.status() == IntentStatus.REQUIRES_CAPTURE
                ? operations.release(request, intent, reason)
                : desk.cancel(request, Purpose.PAYMENT, CANCELABLE, reason);
    }

    /** Nothing itemizes an amount here. */
    private ObjectNode lineItems(ApiRequest request) {
        Page page = Page.of(request.params());
        request.params().done();
        Intent intent = desk.find(request, Purpose.PAYMENT);
        return page.respond("/v1/payment_intents/" + intent.id() + "/amount_details_line_items", List.of(), it -> Json.object());
    }

    private ApiResponse increment(ApiRequest request) {
        Params params = request.params();
        Intent intent = desk.find(request, Purpose.PAYMENT);
        Long amount = params.amount("amount");
        ObjectNode details = intent.details().deepCopy();
        IntentParams.descriptors(params, details);
        IntentParams.metadata(params, details);
        params.ignore("expand", "application_fee_amount", "description", "transfer_data");
        params.done();
        if (amount == null) {
            throw ApiException.missing("amount");
        }
        return operations.increment(request, intent, intent.change().details(details), amount);
    }

    private ObjectNode unsupported(ApiRequest request, String why) {
        desk.find(request, Purpose.PAYMENT);
        throw new ApiException(ErrorCode.PARAMETER_INVALID, null, "This PaymentIntent is paid by card: " + why + ".");
    }

    private ObjectNode withMandate(ObjectNode details) {
        if (details.has("mandate_data") && !details.has("mandate")) {
            details.put("mandate", ids.next("mandate"));
        }
        return details;
    }
}
