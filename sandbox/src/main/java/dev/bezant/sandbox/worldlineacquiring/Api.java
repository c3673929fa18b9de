package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Turns an admitted call into what it does, and that into an answer, once per id of an operation. */
final class Api {
    private final Store store;
    private final Repetitions repetitions;
    private final Payments payments;
    private final Refunds refunds;
    private final Reversals reversals;
    private final Rates rates;
    private final Disputes disputes;
    private final DisputeSearch search;
    private final Wire wire;
    private final DisputeWire disputeWire;

    /** Who does what. */
    record Desks(Payments payments, Refunds refunds, Reversals reversals, Rates rates, Disputes disputes, DisputeSearch search, Wire wire,
            DisputeWire disputeWire) {}

    Api(Store store, Repetitions repetitions, Desks desks) {
        this.store = store;
        this.repetitions = repetitions;
        this.payments = desks.payments();
        this.refunds = desks.refunds();
        this.reversals = desks.reversals();
        this.rates = desks.rates();
        this.disputes = desks.disputes();
        this.search = desks.search();
        this.wire = desks.wire();
        this.disputeWire = desks.disputeWire();
    }

    /**
     * @throws ProblemException if the request is refused; nothing has happened then
     */
    HttpResponse answer(Operation operation, Account account, HttpRequest request) {
        return switch (operation.id()) {
            case "ping" -> new HttpResponse(204, Map.of(), new byte[0]);
            case "getPaymentStatus" -> Answer.ok(wire.paymentResource(payments.find(account, segment(request, 6)),
                    isTrue(request, "returnOperations"))).response();
            case "getRefund" -> Answer.ok(wire.refundResource(refunds.find(account, segment(request, 6)), isTrue(request, "returnOperations")))
                    .response();
            case "getDispute" -> Answer.ok(disputeWire.response(disputes.find(account, segment(request, 4)), isTrue(request, "includeEntries")))
                    .response();
            case "getDisputeDocument" -> document(account, request);
            case "uploadDisputeDocument" -> upload(account, request);
            case "searchDisputes" -> search.disputes(Merchant.of(account), Input.of(body(request))).response();
            case "searchDisputeEntries" -> search.entries(Merchant.of(account), Input.of(body(request))).response();
            default -> change(operation, account, request).response();
        };
    }

    private Answer change(Operation operation, Account account, HttpRequest request) {
        var body = body(request);
        var key = Repetitions.keyOf(operation, account, request);
        synchronized (store.lock()) {
            var replay = key == null ? null : repetitions.replay(key, account, request, body);
            if (replay != null) {
                return replay;
            }
            var work = new Work();
            var answer = change(operation, account, request, Input.of(body), work);
            if (key != null) {
                work.save(repetitions.done(key, operation, request, body, answer, work.subject()));
            }
            store.commit(work);
            return answer;
        }
    }

    private Answer change(Operation operation, Account account, HttpRequest request, Input body, Work work) {
        return switch (operation.id()) {
            case "processPayment" -> payments.process(account, body, work);
            case "simpleCaptureOfPayment" -> payments.capture(account, payment(account, request), body, work);
            case "reverseAuthorization" -> payments.reverse(account, payment(account, request), body, work);
            case "incrementPayment" -> payments.increment(account, payment(account, request), body, work);
            case "createRefund" -> refunds.ofPayment(account, payment(account, request), body, work);
            case "processStandaloneRefund" -> refunds.standalone(account, body, work);
            case "captureRefund" -> refunds.capture(account, refunds.find(account, segment(request, 6)), body, work);
            case "reverseRefundAuthorization" -> refunds.reverse(account, refunds.find(account, segment(request, 6)), body, work);
            case "processAccountVerification" -> payments.verify(body);
            case "processBalanceInquiry" -> payments.balance(body);
            case "technicalReversal" -> reversals.reverse(account, segment(request, 6), body, work);
            case "requestDccRate" -> rates.request(Merchant.of(account), body, work);
            case "acceptDisputeLiability" -> accept(account, disputes.find(account, segment(request, 4)), body, work);
            case "submitEvidence" -> defend(account, disputes.find(account, segment(request, 4)), body, work);
            default -> throw new IllegalStateException("no answer for " + operation.id());
        };
    }

    private Answer accept(Account account, Dispute dispute, Input body, Work work) {
        var text = body.text("messageText");
        var userId = body.text("userId");
        boolean withEntries = body.isTrue("includeEntries");
        body.refuseIfWrong();
        return Answer.ok(disputeWire.response(disputes.accept(account, dispute, text, userId, work), withEntries));
    }

    private Answer defend(Account account, Dispute dispute, Input body, Work work) {
        var text = body.text("elaboration");
        var userId = body.text("userId");
        var part = Money.optional(body, "partialAmount");
        var documentIds = body.items("documentIds").stream().map(item -> item.requiredText("documentId")).toList();
        boolean withEntries = body.isTrue("includeEntries");
        if (documentIds.isEmpty() && (text == null || text.isBlank())) {
            body.refuse("elaboration", "or documentIds is required");
        }
        body.refuseIfWrong();
        return Answer.ok(disputeWire.response(disputes.defend(account, dispute, text, userId, part, documentIds, work), withEntries));
    }

    private HttpResponse upload(Account account, HttpRequest request) {
        var document = Documents.read(Merchant.of(account), request);
        var work = new Work();
        work.save(document);
        store.commit(work);
        return Answer.created(DisputeWire.withRequestId(Json.object().put("documentId", document.id()))).response();
    }

    private HttpResponse document(Account account, HttpRequest request) {
        var dispute = disputes.find(account, segment(request, 4));
        var id = segment(request, 6);
        var document = store.document(id);
        if (document == null || dispute.entries().stream().noneMatch(entry -> entry.documentIds().contains(id))) {
            throw ProblemException.unknown("document " + id + " in this dispute");
        }
        return document.response();
    }

    private Payment payment(Account account, HttpRequest request) {
        return payments.find(account, segment(request, 6));
    }

    private static boolean isTrue(HttpRequest request, String parameter) {
        return "true".equals(request.queryParameter(parameter));
    }

    static String segment(HttpRequest request, int index) {
        var segments = Operation.segments(request.path());
        return index < segments.length ? Forms.percentDecode(segments[index]) : "";
    }

    /** @throws ProblemException 400 if it is no JSON object */
    static JsonNode body(HttpRequest request) {
        @Nullable JsonNode json = null;
        try {
            json = Json.parse(request.body());
        } catch (JacksonException e) {
            // Refused below like any body that is no object.
        }
        if (json == null || !json.isObject()) {
            throw ProblemException.invalid("The body must be a JSON object");
        }
        return json;
    }

    /** Does what has become due. */
    void completeDue() {
        synchronized (store.lock()) {
            var work = new Work();
            payments.completeDue(work);
            refunds.completeDue(work);
            disputes.completeDue(work);
            store.commit(work);
        }
    }
}
