package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.http.HttpReply;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns an authenticated call into a call of a service, and its result into a status and body (section 1). */
final class Api {
    private static final int LIMIT_STANDARD = 10;
    private static final int LIMIT_MAX = 100;

    private final Store store;
    private final SandboxClock clock;
    private final Payments payments;
    private final Children children;
    private final Disputes disputes;
    private final Links links;
    private final Wire wire;

    Api(Store store, SandboxClock clock, Payments payments, Children children, Disputes disputes, Links links, Wire wire) {
        this.store = store;
        this.clock = clock;
        this.payments = payments;
        this.children = children;
        this.disputes = disputes;
        this.links = links;
        this.wire = wire;
    }

    /**
     * @throws ProblemException if the request is refused
     */
    HttpReply answer(Operation operation, Account account, HttpRequest request) {
        return switch (operation.id()) {
            case "createPayment" -> createPayment(account, request);
            case "listPayments" -> list(store.latest(account.name(), limit(request)), wire::payment);
            case "getPayment" -> json(200, wire.payment(payment(account, request)));
            case "finalizePayment" -> finalizePayment(account, request);
            case "createRefund" -> created(children.refund(payment(account, request), body(request)));
            case "createSettlement" -> created(children.settle(account, payment(account, request), body(request)));
            case "createVoid" -> created(children.voidAuthorization(payment(account, request), body(request)));
            case "createChargeback" -> json(201, wire.child(dispute(account, request, Child.Kind.CHARGEBACK)));
            case "submitEvidence" -> json(200, evidence(account, request));
            case "createRdr" -> json(201, wire.child(dispute(account, request, Child.Kind.RDR)));
            case "listRefunds" -> list(listed(account, request, Child.Kind.REFUND), wire::child);
            case "listSettlements" -> list(listed(account, request, Child.Kind.SETTLEMENT), wire::child);
            case "listVoids" -> list(listed(account, request, Child.Kind.VOID), wire::child);
            case "listChargebacks" -> {
                int limit = request.queryParameter("limit") == null ? Integer.MAX_VALUE : limit(request);
                yield list(listed(account, request, Child.Kind.CHARGEBACK).stream().limit(limit).toList(), wire::child);
            }
            case "listAllChargebacks" -> list(store.latestChargebacks(account.name(), limit(request)), wire::child);
            case "getRefund" -> json(200, wire.child(child(account, request, Child.Kind.REFUND)));
            case "getSettlement" -> json(200, wire.child(child(account, request, Child.Kind.SETTLEMENT)));
            case "getVoid" -> json(200, wire.child(child(account, request, Child.Kind.VOID)));
            case "getChargeback" -> json(200, wire.child(child(account, request, Child.Kind.CHARGEBACK)));
            case "getRdr" -> json(200, wire.child(child(account, request, Child.Kind.RDR)));
            case "createPaymentLink" -> json(201, wire.link(links.create(account, body(request))));
            case "getPaymentLink" -> json(200, wire.link(link(account, request)));
            case "updatePaymentLink" -> json(200, wire.link(links.update(link(account, request), body(request))));
            case "deletePaymentLink" -> json(200, wire.link(links.delete(link(account, request))));
            default -> throw new IllegalStateException("no answer for " + operation.id());
        };
    }

    private HttpReply createPayment(Account account, HttpRequest request) {
        var read = PaymentRequest.read(body(request), account, clock.instant(), id -> approvedCard(account, id));
        var description = read.description() == null ? "" : read.description();
        var failure = Triggers.ERRORS.get(description);
        if (failure != null) {
            throw new ProblemException(failure, "The description asked for this", null);
        }
        var payment = payments.create(account, read, null);
        return description.equals(Triggers.TIMEOUT) ? new HttpReply.Stall() : json(statusOf(payment.state().status()), wire.payment(payment));
    }

    private @Nullable Card approvedCard(Account account, String paymentId) {
        var payment = store.payment(account.name(), paymentId);
        return payment != null && payment.state().status() == Status.APPROVED ? payment.terms().card() : null;
    }

    private HttpReply finalizePayment(Account account, HttpRequest request) {
        var payment = payments.complete(payment(account, request), body(request));
        return json(statusOf(payment.state().status()), wire.payment(payment));
    }

    private Child dispute(Account account, HttpRequest request, Child.Kind kind) {
        var payment = payment(account, request);
        var asked = DisputeRequest.read(body(request), payment, kind);
        return disputes.raise(payment, asked.cents(), kind, asked.reason(), asked.description());
    }

    /** The chargeback as it stands with that evidence, and what was decided: won, lost, or nothing yet. */
    private ObjectNode evidence(Account account, HttpRequest request) {
        var id = segment(request, 3);
        var found = store.child(id);
        if (found == null || found.kind() != Child.Kind.CHARGEBACK || !found.account().equals(account.name())) {
            throw ProblemException.notFound("The chargeback " + id);
        }
        var judged = disputes.judge(found, Evidence.read(body(request)));
        var answer = Json.object();
        answer.set("chargeback", wire.child(judged.chargeback()));
        return answer.put("decision", judged.decision().wireName());
    }

    private HttpReply created(Child child) {
        return json(statusOf(child.status()), wire.child(child));
    }

    private static int statusOf(Status status) {
        return switch (status) {
            case APPROVED, INITIATED -> 201;
            case PENDING, PROCESSING -> 202;
            case DECLINED -> 402;
        };
    }

    private Payment payment(Account account, HttpRequest request) {
        var id = segment(request, 3);
        var payment = store.payment(account.name(), id);
        if (payment == null) {
            throw ProblemException.notFound("Payment " + id);
        }
        return payment;
    }

    private PaymentLink link(Account account, HttpRequest request) {
        var id = segment(request, 3);
        var link = store.link(account.name(), id);
        if (link == null) {
            throw ProblemException.notFound("Payment link " + id);
        }
        return link;
    }

    private List<Child> listed(Account account, HttpRequest request, Child.Kind kind) {
        return store.children(payment(account, request).id(), kind);
    }

    private Child child(Account account, HttpRequest request, Child.Kind kind) {
        var payment = payment(account, request);
        var id = segment(request, 5);
        var child = store.child(id);
        if (child == null || child.kind() != kind || !child.paymentId().equals(payment.id())) {
            throw ProblemException.notFound("The " + kind.wireName() + " " + id + " of payment " + payment.id());
        }
        return child;
    }

    private static String segment(HttpRequest request, int index) {
        return Operation.segments(request.path())[index];
    }

    private static int limit(HttpRequest request) {
        var text = request.queryParameter("limit");
        if (text == null) {
            return LIMIT_STANDARD;
        }
        int limit = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LIMIT_MAX) {
            throw Violations.one("limit", Json.tree(text), "must be between 1 and " + LIMIT_MAX);
        }
        return limit;
    }

    /** An empty body counts as an empty object. */
    private static ObjectNode body(HttpRequest request) {
        if (request.body().length == 0) {
            return Json.object();
        }
        try {
            if (Json.parse(request.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new ProblemException(400, "The body is not valid JSON", Json.array());
        }
        throw new ProblemException(400, "The body must be a JSON object", Json.array());
    }

    private static <T> HttpReply list(List<T> things, Function<T, JsonNode> render) {
        return json(200, Wire.list(things, render));
    }

    private static HttpReply json(int status, JsonNode body) {
        return new HttpReply.Answer(HttpResponse.json(status, Json.bytes(body)));
    }
}
