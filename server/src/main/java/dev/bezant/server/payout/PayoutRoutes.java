package dev.bezant.server.payout;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.PaysOut;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.database.Database;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.payment.IntentParams;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/payouts}.
 *
 * @see "docs/protocols/payments-api.md, section 2.4, payout"
 */
final class PayoutRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PayoutRoutes.class);
    private static final List<String> STATES = List.of("pending", "paid", "failed");

    private final Database database;
    private final Idempotency idempotency;
    private final Connectors connectors;
    private final PaymentMethods methods;
    private final Payouts payouts;
    private final Ids ids;
    private final Clock clock;

    PayoutRoutes(Database database, Idempotency idempotency, Connectors connectors, PaymentMethods methods, Payouts payouts, Ids ids, Clock clock) {
        this.database = database;
        this.idempotency = idempotency;
        this.connectors = connectors;
        this.methods = methods;
        this.payouts = payouts;
        this.ids = ids;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.money("/v1/payouts", this::create),
                Route.get("/v1/payouts", this::list),
                Route.get("/v1/payouts/{id}", this::retrieve));
    }

    /** Says how payouts are expanded. */
    void register(Expansion expansion) {
        expansion.loader("payout", (caller, wanted) -> database.sql("select * from payout where account_id = :account and livemode = :livemode and id = any (:ids)")
                        .bind("account", caller.accountId())
                        .bind("livemode", caller.livemode())
                        .bind("ids", List.copyOf(wanted))
                        .list(PayoutRow::read).stream().collect(Collectors.toMap(PayoutRow::id, PayoutRow::render)))
                .field("payout", "destination", "payment_method");
    }

    private ApiResponse create(ApiRequest request) {
        Params params = request.params();
        Money amount = IntentParams.money(params);
        String destination = params.requiredText("destination", 255);
        String description = params.text("description", 1000);
        String statement = params.text("statement_descriptor", 22);
        ObjectNode metadata = Metadata.merged(params, null);
        String pinned = params.text("provider_account", 255);
        params.ignore("expand");
        params.done();
        PaymentMethods.Draft fresh = methods.draftFromToken(request.caller(), destination, "destination").orElse(null);
        ProviderAccount account;
        try {
            account = account(request, pinned);
        } catch (ApiException e) {
            // The repeat of what was done gets that answer, whatever has changed since.
            return idempotency.replay(request).orElseThrow(() -> e);
        }
        Map<String, @Nullable Object> claim = idempotency.claim(request);
        var asked = new PayoutRow(request.caller().accountId(), ids.next("po"), request.caller().livemode(), "pending", account.provider(), account.id(),
                ids.reference(), null, fresh == null ? destination : fresh.method().id(), Json.object(), amount, description, statement, metadata, null,
                (String) claim.get("idem_id"), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return payouts.create(request, claim, asked, fresh);
    }

    /** The first that can pay out, in the merchant's order, or the pinned one. */
    private ProviderAccount account(ApiRequest request, @Nullable String pinned) {
        List<ProviderAccount> ordered = connectors.ordered(request.caller().accountId(), request.caller().livemode());
        if (pinned != null && ordered.stream().noneMatch(account -> account.id().equals(pinned))) {
            throw ApiException.noSuch("provider account", pinned, "provider_account");
        }
        return ordered.stream()
                .filter(account -> pinned == null || account.id().equals(pinned))
                .filter(this::paysOut)
                .findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.PAYMENT_METHOD_NOT_AVAILABLE, pinned == null ? null : "provider_account",
                        (pinned == null ? "No connected provider account" : "This provider account's provider") + " pays out to cards, in "
                                + (request.caller().livemode() ? "live" : "test") + " mode. Connect one of a provider that does (docs/guide/providers.md)."));
    }

    private boolean paysOut(ProviderAccount account) {
        try {
            return connectors.of(account) instanceof PaysOut;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("provider_account", account.id()).log("A provider account cannot be opened");
            return false;
        }
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        String id = request.pathParam("id");
        return PayoutStore.find(database, request.caller().accountId(), request.caller().livemode(), id)
                .orElseThrow(() -> ApiException.noSuch("payout", id, "id"))
                .render();
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        String destination = params.text("destination", 255);
        String state = params.choice("status", STATES);
        CreatedFilter created = CreatedFilter.of(params);
        params.ignore("expand");
        params.done();
        String account = request.caller().accountId();
        boolean livemode = request.caller().livemode();
        if (page.cursor() != null && PayoutStore.find(database, account, livemode, page.cursor()).isEmpty()) {
            throw ApiException.noSuch("payout", page.cursor(), page.cursorParam());
        }
        List<PayoutRow> rows = database.sql("""
                        select * from payout
                         where account_id = :account and livemode = :livemode
                           and (:destination::text is null or payment_method_id = :destination)
                           and (:state::text is null or state = :state)
                        """ + Page.mode(request.caller()) + created.sql("created_at") + page.sql("id"))
                .bind("account", account)
                .bind("livemode", livemode)
                .bind("destination", destination)
                .bind("state", state)
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(PayoutRow::read);
        return page.respond("/v1/payouts", rows, PayoutRow::render);
    }
}
