package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpReply;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Call;
import dev.bezant.sandbox.provider.Claim;
import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.provider.Provider;
import dev.bezant.sandbox.provider.Webhooks;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.World;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Worldline Direct as one port: the API under {@code /v2}, the client API under {@code /client}, and the pages. */
public final class WorldlineDirectProvider implements Provider {
    public static final String NAME = "worldline-direct";
    private static final String API_PREFIX = "/v2/";

    private final World world;
    private final Wire wire = new Wire();
    private final Store store;
    private final Events events;
    private final Idempotence idempotence;
    private final Payments payments;
    private final MaintenanceDesk maintenance;
    private final Payouts payouts;
    private final Disputes disputes;
    private final Api api;
    private final ClientApi clientApi;
    private final Pages pages;

    public WorldlineDirectProvider(World world, Webhooks webhooks) {
        this.world = world;
        world.accounts().identifiedBy(NAME, Credentials.IDENTIFYING);
        var clock = world.clock();
        this.store = new Store(world);
        this.events = new Events(webhooks, world.accounts(), clock);
        this.idempotence = new Idempotence(store, clock);
        var vault = new Vault(store);
        world.onReset(vault::forget);
        var cards = new CardReader(vault);
        var browserInput = new BrowserInput(store, vault, cards);
        var reader = new PaymentReader(store, cards, browserInput, clock);
        var tokens = new Tokens(store, cards, browserInput, clock);
        var services = new Services(store, browserInput, clock);
        var products = new Products(wire);
        var certificates = new Certificates(store, vault, clock);
        var checkouts = new HostedCheckouts(store, tokens, clock, wire);
        this.disputes = new Disputes(clock, wire);
        this.payments = new Payments(store, world.accounts(), clock, wire, disputes);
        this.maintenance = new MaintenanceDesk(clock, wire, disputes);
        this.payouts = new Payouts(store, cards, tokens, clock, wire);
        this.api = new Api(store, events, idempotence, new Api.Desks(payments, reader, maintenance, payouts, tokens,
                new Sessions(store, tokens, clock, wire), checkouts, new PaymentLinks(store, clock, wire), new Mandates(store, wire), services,
                products, certificates, new Detokenization(store, tokens, vault, certificates), wire, clock, cards));
        this.clientApi = new ClientApi(store, world.accounts(), clock, products, services, vault);
        this.pages = new Pages(store, events, world.accounts(), clock, payments, reader, tokens, cards, checkouts, wire);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Operation> operations() {
        return Operations.ALL;
    }

    @Override
    public void listeningAt(URI uri) {
        wire.origin(uri);
    }

    @Override
    public @Nullable Account accountOf(HttpRequest request) {
        var key = V1Hmac.keyId(request);
        return key == null ? null : world.accounts().identified(NAME, "api_key_id", key);
    }

    @Override
    public Claim claim(Call call) {
        if (call.operation() == null || call.account() == null) {
            return Claim.NOTHING;
        }
        var key = Idempotence.keyOf(call.operation(), call.account(), call.request());
        if (key == null) {
            return Claim.NOTHING;
        }
        try {
            authenticate(call);
        } catch (ProblemException e) {
            // It is refused in its turn, and holds nothing up.
            return Claim.NOTHING;
        }
        return idempotence.claim(key);
    }

    @Override
    public HttpReply handle(Call call) {
        var request = call.request();
        if (ClientApi.isMeant(request)) {
            return new HttpReply.Answer(clientApi.answer(call.operation(), request));
        }
        if (!request.path().startsWith(API_PREFIX)) {
            return new HttpReply.Answer(pages.answer(call.operation(), request));
        }
        HttpResponse response;
        try {
            var account = authenticate(call);
            response = call.operation() == null ? new HttpResponse(404, Map.of(), new byte[0]) : api.answer(call.operation(), account, request);
        } catch (ProblemException e) {
            response = e.response();
        }
        return new HttpReply.Answer(asTheService(response));
    }

    private static Account authenticate(Call call) {
        var account = V1Hmac.authenticate(call.request(), call.account(), call.authenticationTime());
        if (!account.require("merchant_id").equals(Api.segment(call.request(), 2))) {
            throw ProblemException.forbidden("the API key is not this merchant's");
        }
        return account;
    }

    /** The headers that the service's answers carry (section 0). */
    private static HttpResponse asTheService(HttpResponse response) {
        var dressed = response.with("Correlation-Id", UUID.randomUUID().toString()).with("Api_Auth", "true")
                .with("Strict-Transport-Security", "max-age=31536000");
        return "application/json".equals(response.headers().get("Content-Type"))
                ? dressed.with("Content-Type", "application/json; charset=utf-8") : dressed;
    }

    @Override
    public byte[] errorBody(int status) {
        return Json.bytes(ProblemException.body(status, ProblemException.serverError("UNKNOWN_SERVER_ERROR").errors()));
    }

    @Override
    public Map<String, String> credentials(Map<String, String> given, @Nullable Map<String, String> before) {
        return Credentials.complete(given, before);
    }

    @Override
    public ObjectNode chargeback(String providerId, @Nullable Long amount, @Nullable String reason) {
        synchronized (store.lock()) {
            var payment = store.payments().get(Ids.base(providerId));
            if (payment == null) {
                throw new ControlException(404, "There is no Worldline Direct payment " + providerId);
            }
            var work = new Work();
            var disputed = disputes.byHand(payment, amount, work);
            finish(work);
            var json = wire.payment(disputed);
            Wire.put(json, "reason", reason);
            return json;
        }
    }

    @Override
    public ObjectNode complete(String providerId, boolean approved) {
        synchronized (store.lock()) {
            var payout = store.payouts().get(Ids.base(providerId));
            if (payout != null && payout.stage() == Payout.Stage.PENDING) {
                var work = new Work();
                var ended = payouts.end(payout, approved, work);
                finish(work);
                return wire.payout(ended);
            }
            var payment = store.payments().get(Ids.base(providerId));
            if (payment == null) {
                throw payout != null ? notPending(providerId, payout.standing().status())
                        : new ControlException(404, "Worldline Direct has no payment, operation or payout " + providerId);
            }
            var work = new Work();
            var completed = complete(payment, Ids.number(providerId), approved, work);
            if (completed == null) {
                throw notPending(providerId, Standing.of(payment).status());
            }
            finish(work);
            return wire.payment(completed);
        }
    }

    private @Nullable Payment complete(Payment payment, int number, boolean approved, Work work) {
        if (number == 0) {
            return payments.complete(payment, approved, work);
        }
        return payment.state().maintenance().stream()
                .filter(operation -> operation.number() == number && operation.isOpen())
                .findFirst().map(operation -> maintenance.end(payment, operation, approved, work)).orElse(null);
    }

    private static ControlException notPending(String id, String status) {
        return new ControlException(409, id + " is not pending, its payment is " + status
                + "; a payment is named by its id with _0, a capture or refund by its own id");
    }

    private void finish(Work work) {
        store.commit(work);
        events.send(work.events());
    }

    @Override
    public void completeDue() {
        api.completeDue();
    }
}
