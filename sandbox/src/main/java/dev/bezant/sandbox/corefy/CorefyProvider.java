package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.http.HttpReply;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Call;
import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.provider.Provider;
import dev.bezant.sandbox.provider.Webhooks;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.World;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Corefy's hosts as one port: the private API under {@code /api} or no prefix, the public one, the Card Gate, the hosted page and the
 * issuer's pages, and the intents dialect under {@code /v1}.
 */
public final class CorefyProvider implements Provider {
    public static final String NAME = "corefy";

    private final World world;
    private final RateLimits limits;
    private final Store store;
    private final Wire wire;
    private final Invoices invoices;
    private final Refunds refunds;
    private final Payouts payouts;
    private final CommerceApi commerceApi;
    private final PublicApi publicApi;
    private final CardGate cardGate;
    private final IntentsApi intentsApi;
    private final HostedPage hostedPage;
    private final ChallengePages challenges;

    public CorefyProvider(World world, Webhooks webhooks) {
        this.world = world;
        world.accounts().identifiedBy(NAME, Credentials.IDENTIFYING);
        this.limits = new RateLimits(world.clock()::wallTime);
        world.onReset(limits::forget);
        this.store = new Store(world);
        this.wire = new Wire(store);
        var callbacks = new Callbacks(webhooks, world.accounts(), store, wire);
        var events = new IntentEvents(webhooks, world.accounts(), world.clock());
        this.invoices = new Invoices(store, world.clock(), invoice -> {
            if (invoice.standsBehindIntent()) {
                events.changed(invoice);
            } else {
                callbacks.changed(invoice);
            }
        });
        this.refunds = new Refunds(store, world.clock(), invoices);
        this.payouts = new Payouts(store, world.clock(), callbacks::changed);
        this.challenges = new ChallengePages(store, invoices, wire);
        this.commerceApi = new CommerceApi(store, world.clock(), invoices, refunds, payouts, wire);
        this.publicApi = new PublicApi(store, world.accounts(), invoices, wire);
        this.cardGate = new CardGate(store, world.clock(), world.accounts(), invoices, challenges);
        this.hostedPage = new HostedPage(store, world.clock(), world.accounts(), invoices, publicApi, challenges);
        this.intentsApi = new IntentsApi(store, world.clock(), invoices, refunds, new IntentWire(challenges), events);
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
        var path = request.path();
        if (Operations.begins(path, Operations.GATE)) {
            return cardGate.accountOf(request);
        }
        if (Operations.begins(path, Operations.PUBLIC)) {
            return publicApi.accountOf(request);
        }
        var name = Operations.begins(path, Operations.INTENTS) ? request.header("x-client-key") : basic(request, 0);
        return name == null ? null : world.accounts().identified(NAME, "account_id", name);
    }

    @Override
    public HttpReply handle(Call call) {
        try {
            return new HttpReply.Answer(answer(call));
        } catch (RefusedException e) {
            return new HttpReply.Answer(e.response());
        } catch (IntentProblem e) {
            return new HttpReply.Answer(e.response());
        }
    }

    private HttpResponse answer(Call call) {
        var request = call.request();
        var operation = call.operation();
        if (Operations.begins(request.path(), Operations.INTENTS)) {
            return intents(call);
        }
        if (Operations.isCommerce(request)) {
            return commerce(call);
        }
        if (operation == null) {
            return noSuchOperation(request);
        }
        return switch (operation.id()) {
            case "sale" -> cardGate.sale(request);
            case "showHostedPage" -> hostedPage.show(request);
            case "payHostedPage" -> hostedPage.pay(request);
            case "challenge" -> challenges.challenge(request);
            case "completeAuthentication" -> challenges.completeAuthentication(request, hostedPage);
            default -> publicApi.answer(operation, request);
        };
    }

    /** In the simulator's order: who, how often, where, then whether it is valid. */
    private HttpResponse commerce(Call call) {
        var account = call.account();
        var key = basic(call.request(), 1);
        if (account == null || key == null || !MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8),
                account.require("api_key").getBytes(StandardCharsets.UTF_8))) {
            throw new RefusedException(401, "The account id or the API key is not valid");
        }
        var wait = limits.excess(account);
        if (wait != null) {
            return RateLimits.withRetryAfter(new RefusedException(429, "Too many requests of this account").response(), wait);
        }
        return call.operation() == null ? noSuchOperation(call.request()) : commerceApi.answer(call.operation(), account, call.request());
    }

    private HttpResponse intents(Call call) {
        var account = IntentSignature.authenticate(call.request(), call.account(), call.authenticationTime());
        var wait = limits.excess(account);
        if (wait != null) {
            return RateLimits.withRetryAfter(new IntentProblem(429, "rate_limited", "Too many requests of this account").response(), wait);
        }
        if (call.operation() == null) {
            throw new IntentProblem(404, "not_found", "There is no " + call.request().method() + " " + call.request().path());
        }
        return intentsApi.answer(call.operation(), account, call.request());
    }

    private static HttpResponse noSuchOperation(HttpRequest request) {
        var allowed = Operations.ALL.stream().filter(operation -> operation.hasPath(request.path())).map(Operation::method).distinct().toList();
        if (allowed.isEmpty()) {
            throw RefusedException.notFound("The path " + request.path());
        }
        return new RefusedException(405, request.method() + " is not allowed here").response().with("Allow", String.join(", ", allowed));
    }

    /** A part of the Basic credentials: 0 for the user, 1 for the password; null if there are none. */
    private static @Nullable String basic(HttpRequest request, int part) {
        var header = request.header("authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return null;
        }
        try {
            var pair = new String(Base64.getDecoder().decode(header.substring("Basic ".length()).strip()), StandardCharsets.UTF_8).split(":", 2);
            return part < pair.length ? pair[part] : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public byte[] errorBody(int status) {
        return RefusedException.body(status, List.of(new RefusedException.Complaint(null, "Something went wrong")));
    }

    @Override
    public Map<String, String> credentials(Map<String, String> given, @Nullable Map<String, String> before) {
        return Credentials.complete(given, before);
    }

    @Override
    public Map<String, String> shown(Account account) {
        var shown = new TreeMap<>(account.credentials());
        shown.put("card_gate_url", wire.origin() + Operations.GATE);
        return shown;
    }

    @Override
    public ObjectNode chargeback(String providerId, @Nullable Long amount, @Nullable String reason) {
        return shown(invoices.chargeback(providerId, amount));
    }

    @Override
    public ObjectNode complete(String providerId, boolean approved) {
        var refund = refunds.complete(providerId, approved);
        if (refund != null) {
            return wire.refund(refund);
        }
        var payout = payouts.complete(providerId, approved);
        if (payout != null) {
            return wire.document(payout);
        }
        var invoice = store.invoiceOf(providerId);
        if (invoice == null) {
            var known = store.refund(providerId) != null || store.payout(providerId) != null;
            throw known
                    ? new ControlException(409, providerId + " is not pending")
                    : new ControlException(404, "Corefy has no payment, refund or payout " + providerId);
        }
        var completed = invoices.complete(invoice.id(), approved);
        if (completed == null) {
            throw new ControlException(409, providerId + " is " + invoice.state().status().wireName() + (invoice.state().holdsMoney()
                    ? " and holds money; capture or void it"
                    : "; only what is open, or failed and to be corrected, can be completed"));
        }
        return shown(completed);
    }

    private ObjectNode shown(Invoice invoice) {
        var account = world.accounts().find(NAME, invoice.account())
                .orElseThrow(() -> new ControlException(409, "The account " + invoice.account() + " is gone"));
        return wire.document(invoice, account);
    }

    @Override
    public void completeDue() {
        invoices.completeDue();
        refunds.completeDue();
        payouts.completeDue();
    }
}
