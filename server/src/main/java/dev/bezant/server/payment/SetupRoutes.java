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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/setup_intents} and {@code /v1/mandates}: cards that are verified and kept, and what their payers agreed to.
 *
 * <p>A setup intent is made, confirmed, challenged, settled and told by the same code as a payment intent; its amount is zero.
 *
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
final class SetupRoutes {
    /** What an amount of zero is counted in; providers want one all the same. */
    private static final Money NOTHING = new Money(0, Currency.of("eur"));
    private static final List<IntentStatus> CANCELABLE = List.of(IntentStatus.REQUIRES_PAYMENT_METHOD, IntentStatus.REQUIRES_CONFIRMATION,
            IntentStatus.REQUIRES_ACTION);
    private static final List<String> CANCEL_REASONS = List.of("abandoned", "duplicate", "requested_by_customer");
    private static final List<String> USAGES = List.of("off_session", "on_session");

    private final Database database;
    private final Idempotency idempotency;
    private final IntentDesk desk;
    private final Means.Reader means;
    private final Ids ids;
    private final Clock clock;

    SetupRoutes(Database database, Idempotency idempotency, IntentDesk desk, Means.Reader means, Ids ids, Clock clock) {
        this.database = database;
        this.idempotency = idempotency;
        this.desk = desk;
        this.means = means;
        this.ids = ids;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.money("/v1/setup_intents", this::create),
                Route.get("/v1/setup_intents", this::list),
                Route.get("/v1/setup_intents/{id}", this::retrieve).publishableToo(),
                Route.post("/v1/setup_intents/{id}", this::update),
                Route.money("/v1/setup_intents/{id}/confirm", this::confirm).publishableToo(),
                Route.money("/v1/setup_intents/{id}/cancel", this::cancel),
                Route.post("/v1/setup_intents/{id}/verify_microdeposits", this::microdeposits),
                Route.get("/v1/mandates/{id}", this::mandate).under("setup_intents"));
    }

    private ApiResponse create(ApiRequest request) {
        Params params = request.params();
        Caller caller = request.caller();
        String customer = IntentParams.customer(params);
        ObjectNode details = details(params, null);
        singleUse(params, details);
        Boolean confirm = params.flag("confirm");
        Means with = means.read(params, caller);
        params.ignore("expand");
        params.done();
        String id = ids.next(Purpose.SETUP.idPrefix());
        var fresh = new Intent(caller.accountId(), id, caller.livemode(), Purpose.SETUP, 1,
                with == null ? IntentStatus.REQUIRES_PAYMENT_METHOD : IntentStatus.REQUIRES_CONFIRMATION, NOTHING, 0, 0, "manual", "automatic",
                customer, with == null ? null : with.id(), null, id + "_secret_" + ids.secret(PaymentRoutes.SECRET_CHARS), null, null, details,
                null, null, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return desk.create(request, fresh, with, confirm != null && confirm);
    }

    private ObjectNode retrieve(ApiRequest request) {
        Params params = request.params();
        String secret = params.text("client_secret", 255);
        params.ignore("expand");
        params.done();
        return desk.shown(request.caller(), desk.find(request, secret, Purpose.SETUP));
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        String customer = params.text("customer", 255);
        String method = params.text("payment_method", 255);
        CreatedFilter created = CreatedFilter.of(params);
        params.flag("attach_to_self");
        params.ignore("expand");
        params.done();
        Caller caller = request.caller();
        if (page.cursor() != null && Rows.intent(database, caller.accountId(), caller.livemode(), page.cursor()).isEmpty()) {
            throw ApiException.noSuch("SetupIntent", page.cursor(), page.cursorParam());
        }
        List<Intent> rows = database.sql("""
                        select * from payment_intent
                         where account_id = :account and livemode = :livemode and purpose = 'setup'
                           and (:customer::text is null or customer_id = :customer)
                           and (:method::text is null or payment_method_id = :method)
                        """ + created.sql("created_at") + page.sql("id"))
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("customer", customer)
                .bind("method", method)
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(Rows::intent);
        return page.respond("/v1/setup_intents", rows, Render::snapshot);
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        Params params = request.params();
        Intent intent = desk.lock(request, tx, Purpose.SETUP);
        Intent.Change change = intent.change().details(details(params, intent.details()));
        boolean method = Means.Reader.named(params);
        boolean reshapes = method || IntentParams.namesCustomer(params);
        if (reshapes && !CANCELABLE.contains(intent.status())) {
            throw IntentErrors.unexpected(intent, List.of(), "updated in these parameters", CANCELABLE);
        }
        if (IntentParams.namesCustomer(params)) {
            change.customer(IntentParams.customer(params));
        }
        Means with = means.read(params, request.caller());
        params.ignore("expand");
        params.done();
        if (reshapes) {
            PaymentRoutes.reshape(intent, change, method, with);
        }
        return desk.update(request, tx, intent, change.done(), with, reshapes);
    }

    private ApiResponse confirm(ApiRequest request) {
        return desk.shownTo(request.caller(), Purpose.SETUP, () -> {
            Params params = request.params();
            Intent intent = desk.find(request, params.text("client_secret", 255), Purpose.SETUP);
            if (request.caller().publishable()) {
                IntentParams.refuseMerchantsOnly(params);
            }
            ObjectNode details = intent.details().deepCopy();
            confirmDetails(params, details);
            Means with = means.read(params, request.caller());
            params.ignore("expand");
            params.done();
            return desk.confirm(request, intent, intent.change().details(withMandate(details)), with);
        });
    }

    private ApiResponse cancel(ApiRequest request) {
        Params params = request.params();
        Intent intent = desk.find(request, Purpose.SETUP);
        String reason = params.choice("cancellation_reason", CANCEL_REASONS);
        params.ignore("expand");
        params.done();
        if (!CANCELABLE.contains(intent.status())) {
            return idempotency.replay(request).orElseThrow(() -> IntentErrors.unexpected(intent, List.of(), "canceled", CANCELABLE));
        }
        return desk.cancel(request, Purpose.SETUP, CANCELABLE, reason);
    }

    private ObjectNode microdeposits(ApiRequest request, Session tx) {
        desk.find(request, Purpose.SETUP);
        throw new ApiException(ErrorCode.PARAMETER_INVALID, null, "This SetupIntent is for a card: microdeposits are sent to bank accounts.");
    }

    private ObjectNode mandate(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        String id = request.pathParam("id");
        return database.sql("select * from mandate where account_id = :account and livemode = :livemode and id = :id")
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("id", id)
                .one(row -> {
                    ObjectNode shown = Json.object();
                    shown.put("id", row.text("id"));
                    shown.put("object", "mandate");
                    shown.set("customer_acceptance", Json.readObject(row.text("customer_acceptance")));
                    shown.put("livemode", row.flag("livemode"));
                    boolean single = row.text("type").equals("single_use");
                    if (!single) {
                        shown.putObject("multi_use");
                    }
                    shown.put("payment_method", row.text("payment_method_id"));
                    ObjectNode details = shown.putObject("payment_method_details");
                    details.put("type", "card");
                    details.putObject("card");
                    ObjectNode use = Json.readObjectOrNull(row.textOrNull("single_use"));
                    if (use != null) {
                        shown.set("single_use", use);
                    }
                    shown.put("status", row.text("status"));
                    shown.put("type", row.text("type"));
                    return shown;
                })
                .orElseThrow(() -> ApiException.noSuch("mandate", id, "id"));
    }

    private ObjectNode details(Params params, @Nullable ObjectNode stored) {
        ObjectNode details = stored == null ? Json.object() : stored.deepCopy();
        IntentParams.text(params, details, "description", 1000);
        String usage = params.choice("usage", USAGES);
        if (usage != null || stored == null) {
            details.put("usage", usage == null ? "off_session" : usage);
        }
        IntentParams.types(params, details, stored == null, Purpose.SETUP);
        IntentParams.metadata(params, details);
        confirmDetails(params, details);
        return withMandate(details);
    }

    private static void confirmDetails(Params params, ObjectNode details) {
        if (params.has("return_url")) {
            IntentParams.put(details, "return_url", params.url("return_url"));
        }
        params.flag("use_stripe_sdk");
        if (params.has("provider_account")) {
            IntentParams.put(details, "provider_account", params.text("provider_account", 255));
        }
        MandateParams.read(params, details);
        IntentParams.options(params, details);
    }

    /** For which amount the payer agrees to be charged, where it is for once. */
    private static void singleUse(Params params, ObjectNode details) {
        Params single = params.map("single_use");
        if (single != null) {
            Money money = IntentParams.money(single);
            details.set("single_use", Json.object().put("amount", money.amount()).put("currency", money.currency().code()));
        }
    }

    private ObjectNode withMandate(ObjectNode details) {
        if (details.has("mandate_data") && !details.has("mandate")) {
            details.put("mandate", ids.next("mandate"));
        }
        return details;
    }
}
