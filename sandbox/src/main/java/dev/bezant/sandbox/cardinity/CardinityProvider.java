package dev.bezant.sandbox.cardinity;

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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Cardinity as one port: the API under {@code /v1}, and the pages. */
public final class CardinityProvider implements Provider {
    public static final String NAME = "cardinity";

    private final World world;
    private final OAuth oauth = new OAuth();
    private final Wire wire = new Wire();
    private final Store store;
    private final Api api;
    private final Payments payments;
    private final Children children;
    private final Disputes disputes;
    private final AcsPages acsPages;
    private final HostedPages hostedPages;

    public CardinityProvider(World world, Webhooks webhooks) {
        this.world = world;
        world.accounts().identifiedBy(NAME, Credentials.IDENTIFYING);
        world.onReset(oauth::forgetNonces);
        this.store = new Store(world);
        var events = new Events(webhooks, world.accounts(), world.clock());
        this.disputes = new Disputes(store, world.clock(), events, wire);
        this.payments = new Payments(store, world.clock(), disputes, events, wire);
        this.children = new Children(store, world.clock(), disputes, events, wire);
        this.acsPages = new AcsPages(store);
        this.hostedPages = new HostedPages(store, world.accounts(), world.clock(), payments, webhooks, wire);
        this.api = new Api(store, world.clock(), payments, children, disputes, new Links(store, world.clock()), wire);
    }

    static boolean isLive(Account account) {
        return "true".equals(account.get("live"));
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
        var key = OAuth.consumerKey(request);
        return key == null ? null : world.accounts().identified(NAME, "consumer_key", key);
    }

    @Override
    public HttpReply handle(Call call) {
        var acsPage = acsPages.answer(call.operation(), call.request());
        var page = acsPage != null ? acsPage : hostedPages.answer(call.operation(), call.request());
        if (page != null) {
            return new HttpReply.Answer(page);
        }
        try {
            return callApi(call);
        } catch (ProblemException e) {
            return new HttpReply.Answer(e.response());
        }
    }

    /** In the simulator's order: who, where, what, then whether it is valid (section 14). */
    private HttpReply callApi(Call call) {
        var request = call.request();
        if (!request.path().startsWith(Operations.PREFIX) && !Operations.SUBMIT_EVIDENCE.equals(call.operation())) {
            throw ProblemException.notFound("The path " + request.path());
        }
        var account = oauth.authenticate(request, call.account(), call.authenticationTime(), world.clock().wallTime());
        var operation = call.operation();
        if (operation == null) {
            return new HttpReply.Answer(noSuchOperation(request));
        }
        refuseUnlessJsonAccepted(request);
        return api.answer(operation, account, request);
    }

    private static HttpResponse noSuchOperation(HttpRequest request) {
        var allowed = Operations.API.stream().filter(operation -> operation.hasPath(request.path())).map(Operation::method).distinct()
                .collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            throw ProblemException.notFound("The path " + request.path());
        }
        return new ProblemException(405, request.method() + " is not allowed here, only " + allowed, null).response().with("Allow", allowed);
    }

    private static void refuseUnlessJsonAccepted(HttpRequest request) {
        var accept = request.header("accept");
        if (accept != null && !accept.contains("json") && !accept.contains("*/*") && !accept.contains("application/*")) {
            throw new ProblemException(406, "Only application/json is offered", null);
        }
    }

    @Override
    public byte[] errorBody(int status) {
        return ProblemException.body(status, status == 503 ? "The service is offline" : "Something went wrong", null);
    }

    @Override
    public Map<String, String> credentials(Map<String, String> given, @Nullable Map<String, String> before) {
        return Credentials.complete(given);
    }

    @Override
    public ObjectNode chargeback(String providerId, @Nullable Long amount, @Nullable String reason) {
        return wire.child(disputes.raiseByHand(providerId, amount, reason));
    }

    @Override
    public ObjectNode complete(String providerId, boolean approved) {
        var payment = payments.completeProcessing(providerId, approved);
        if (payment != null) {
            return wire.payment(payment);
        }
        var refund = children.completeProcessing(providerId, approved);
        var child = refund != null ? refund : disputes.decide(providerId, approved);
        if (child != null) {
            return wire.child(child);
        }
        var known = store.payment(providerId);
        var knownChild = store.child(providerId);
        if (known == null && knownChild == null) {
            throw new ControlException(404, "Cardinity has no payment, refund or chargeback " + providerId);
        }
        var status = known != null ? known.state().status() : knownChild == null ? Status.APPROVED : knownChild.status();
        throw new ControlException(409, providerId + " is " + status.wireName()
                + "; only what is processing, or a chargeback that is not declined, can be completed");
    }

    @Override
    public void completeDue() {
        payments.completeDue();
        children.completeDue();
    }
}
