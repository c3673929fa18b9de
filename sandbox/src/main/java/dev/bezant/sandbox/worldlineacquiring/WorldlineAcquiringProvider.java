package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.http.HttpReply;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Call;
import dev.bezant.sandbox.provider.Claim;
import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.provider.Provider;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.World;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Worldline Acquiring as one port: the authorization server under {@code /connect}, and the API. */
public final class WorldlineAcquiringProvider implements Provider {
    public static final String NAME = "worldline-acquiring";

    private final Store store;
    private final Repetitions repetitions;
    private final AuthorizationServer authorizationServer;
    private final Gatekeeper gatekeeper;
    private final Payments payments;
    private final Refunds refunds;
    private final Disputes disputes;
    private final Wire wire;
    private final DisputeWire disputeWire;
    private final Api api;
    private volatile URI origin = URI.create("http://127.0.0.1");

    public WorldlineAcquiringProvider(World world) {
        world.accounts().identifiedBy(NAME, Credentials.IDENTIFYING);
        this.store = new Store(world);
        this.repetitions = new Repetitions(store);
        var tokens = new Tokens(world);
        this.authorizationServer = new AuthorizationServer(world.accounts(), tokens);
        this.gatekeeper = new Gatekeeper(world, tokens);
        this.wire = new Wire(store, world.clock());
        this.disputeWire = new DisputeWire(store);
        this.disputes = new Disputes(store, wire);
        this.payments = new Payments(store, world.accounts(), wire, disputes);
        this.refunds = new Refunds(store, world.accounts(), wire);
        this.api = new Api(store, repetitions, new Api.Desks(payments, refunds, new Reversals(store, repetitions, refunds, wire),
                new Rates(store, world.clock()), disputes, new DisputeSearch(store, disputeWire, world.clock()), wire, disputeWire));
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
        origin = uri;
    }

    @Override
    public @Nullable Account accountOf(HttpRequest request) {
        var account = gatekeeper.accountOf(request);
        return account != null ? account : authorizationServer.accountOf(request);
    }

    @Override
    public Claim claim(Call call) {
        var operation = call.operation();
        var account = call.account();
        if (operation == null || account == null || Operations.isOfAuthorizationServer(operation)) {
            return Claim.NOTHING;
        }
        var key = Repetitions.keyOf(operation, account, call.request());
        if (key == null) {
            return Claim.NOTHING;
        }
        try {
            gatekeeper.identify(call, operation);
        } catch (ProblemException e) {
            // It is refused in its turn, and holds nothing up.
            return Claim.NOTHING;
        }
        return repetitions.claim(key);
    }

    @Override
    public HttpReply handle(Call call) {
        try {
            return new HttpReply.Answer(answer(call));
        } catch (ProblemException e) {
            return new HttpReply.Answer(e.response());
        }
    }

    private HttpResponse answer(Call call) {
        var operation = call.operation();
        if (operation == null) {
            // As a gateway in front would: no problem details.
            return HttpResponse.html(404, "<!doctype html><title>404 Not Found</title><h1>Not Found</h1>");
        }
        return switch (operation.id()) {
            case "requestToken" -> authorizationServer.token(call.request());
            case "revokeToken" -> authorizationServer.revocation(call.request());
            default -> api.answer(operation, gatekeeper.admit(call, operation), call.request());
        };
    }

    @Override
    public byte[] errorBody(int status) {
        return Json.bytes(ProblemException.body(status));
    }

    @Override
    public Map<String, String> credentials(Map<String, String> given, @Nullable Map<String, String> before) {
        return Credentials.complete(given, before);
    }

    @Override
    public Map<String, String> shown(Account account) {
        var shown = new TreeMap<>(account.credentials());
        shown.put("token_url", origin + Operations.TOKEN_PATH);
        return shown;
    }

    @Override
    public ObjectNode chargeback(String providerId, @Nullable Long amount, @Nullable String reason) {
        synchronized (store.lock()) {
            var payment = store.payment(providerId);
            if (payment == null) {
                throw new ControlException(404, "There is no Worldline Acquiring payment " + providerId);
            }
            var work = new Work();
            var dispute = disputes.byHand(payment, amount, reason, work);
            store.commit(work);
            return disputeWire.dispute(dispute);
        }
    }

    @Override
    public ObjectNode complete(String providerId, boolean approved) {
        synchronized (store.lock()) {
            var work = new Work();
            var completed = complete(providerId, approved, work);
            store.commit(work);
            return completed;
        }
    }

    private ObjectNode complete(String id, boolean approved, Work work) {
        var payment = store.payment(id);
        if (payment != null) {
            return wire.paymentResource(payments.complete(payment, approved, work), true);
        }
        var refund = store.refund(id);
        if (refund != null) {
            return wire.refundResource(refunds.complete(refund, approved, work), true);
        }
        var dispute = store.dispute(id);
        if (dispute != null) {
            return disputeWire.dispute(disputes.decide(dispute, approved, work));
        }
        throw new ControlException(404, "Worldline Acquiring has no payment, refund or dispute " + id);
    }

    @Override
    public void completeDue() {
        api.completeDue();
    }
}
