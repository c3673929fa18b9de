package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import dev.bezant.sandbox.worldlinedirect.Payment.Mode;
import dev.bezant.sandbox.worldlinedirect.Payment.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns an authenticated call into what it does, and that into an answer, once per idempotence key. */
final class Api {
    private final Store store;
    private final Events events;
    private final Idempotence idempotence;
    private final Desks desks;
    private final Batches batches;

    /** Who does what. */
    record Desks(Payments payments, PaymentReader reader, MaintenanceDesk maintenance, Payouts payouts, Tokens tokens, Sessions sessions,
            HostedCheckouts checkouts, PaymentLinks links, Mandates mandates, Services services, Products products,
            Certificates certificates, Detokenization detokenization, Wire wire, SandboxClock clock, CardReader cards) {}

    Api(Store store, Events events, Idempotence idempotence, Desks desks) {
        this.store = store;
        this.events = events;
        this.idempotence = idempotence;
        this.desks = desks;
        this.batches = new Batches(store, desks.cards(), desks.tokens(), events, this::byName);
    }

    /**
     * @throws ProblemException if the request is refused; nothing has happened then
     */
    HttpResponse answer(Operation operation, Account account, HttpRequest request) {
        if (request.method().equals("GET")) {
            var answer = read(operation, account, request);
            return answer.status() == 404
                    ? answer.response().with("Content-Type", "application/problem+json")
                    : answer.response();
        }
        var body = body(request);
        var key = Idempotence.keyOf(operation, account, request);
        synchronized (store.lock()) {
            var replay = key == null ? null : idempotence.replay(key, account, body);
            if (replay != null) {
                return replay;
            }
            if (operation.id().equals("processBatch")) {
                return batches.process(account, segment(request, 4)).response();
            }
            var work = new Work();
            var answer = write(operation, account, request, body, work);
            if (key != null && answer.body() != null) {
                work.save(idempotence.remember(key, account, body, answer.status(), answer.body()));
            }
            store.commit(work);
            events.send(work.events());
            return answer.response();
        }
    }

    private Answer read(Operation operation, Account account, HttpRequest request) {
        return switch (operation.id()) {
            case "getPayment" -> Answer.ok(desks.wire().payment(payment(account, request)));
            case "getPaymentDetails" -> Answer.ok(desks.wire().details(payment(account, request)));
            case "getCaptures" -> Answer.ok(desks.wire().captures(payment(account, request)));
            case "getRefunds" -> Answer.ok(desks.wire().refunds(payment(account, request)));
            case "getPayout" -> desks.payouts().get(account, segment(request, 4));
            case "getHostedCheckout" -> desks.checkouts().get(account, segment(request, 4));
            case "getHostedTokenization" -> desks.sessions().getTokenization(account, segment(request, 4));
            case "getHostedFieldsSession" -> desks.sessions().getFieldsSession(account, segment(request, 5));
            case "getPaymentProducts" -> desks.products().list(request, List.of());
            case "getPaymentProduct" -> desks.products().one(request, segment(request, 4), List.of());
            case "getPaymentProductNetworks" -> desks.products().networks(request, segment(request, 4));
            case "getProductDirectory" -> desks.products().directory(request, segment(request, 4));
            case "getProductGroups" -> desks.products().groups(request);
            case "getProductGroup" -> desks.products().oneGroup(request, segment(request, 4));
            case "getToken" -> desks.tokens().get(account, segment(request, 4));
            case "getCardDataByTokens" -> desks.detokenization().byTokens(account, request);
            case "getCardDataByPayments" -> desks.detokenization().byPayments(account, request);
            case "testConnection" -> Services.testConnection();
            case "getPrivacyPolicy" -> Services.privacyPolicy(request.queryParameter("locale"), request.queryParameter("paymentProductId"));
            case "getMandate" -> desks.mandates().get(account, segment(request, 4));
            case "getPaymentLinkById" -> desks.links().get(account, segment(request, 4));
            case "getBatchStatus" -> batches.status(account, segment(request, 4));
            case "getPaymentsReport" -> batches.report(account, segment(request, 4));
            default -> throw new IllegalStateException("no answer for " + operation.id());
        };
    }

    private Answer write(Operation operation, Account account, HttpRequest request, JsonNode body, Work work) {
        return switch (operation.id()) {
            case "createHostedCheckout" -> desks.checkouts().create(account, body, work);
            case "createHostedTokenization" -> desks.sessions().createTokenization(account, body, work);
            case "createHostedFieldsSession" -> desks.sessions().createFieldsSession(account, body, work);
            case "createSession" -> desks.sessions().createClientSession(account, body, work);
            case "createPaymentProductSession" -> desks.products().session(segment(request, 4), body);
            case "importCofSeries" -> desks.tokens().importSeries(account, body, work);
            case "createToken" -> desks.tokens().create(account, body, work);
            case "deleteToken" -> desks.tokens().delete(account, segment(request, 4), work);
            case "createCertificate" -> desks.certificates().create(account, body, work);
            case "getIINDetails" -> Services.iinDetails(body);
            case "getDccRateInquiry" -> desks.services().dccRate(account, body);
            case "surchargeCalculation" -> desks.services().surcharge(account, body);
            case "createMandate" -> desks.mandates().create(account, body, work);
            case "blockMandate" -> desks.mandates().block(account, segment(request, 4), work);
            case "unblockMandate" -> desks.mandates().unblock(account, segment(request, 4), work);
            case "revokeMandate" -> desks.mandates().revoke(account, segment(request, 4), body, work);
            case "cancelPaymentLinkById" -> desks.links().cancel(account, segment(request, 4), work);
            case "validateWebhookCredentials" -> WebhookTools.validate(account, body);
            case "sendTestWebhook" -> WebhookTools.sendTest(account, body, work);
            case "submitBatch" -> batches.submit(account, body, work);
            default -> byName(operation.id(), account, request.path().contains("/payments/") ? segment(request, 4) : null, body, work);
        };
    }

    /** What batches do too. */
    private Answer byName(String operation, Account account, @Nullable String paymentId, JsonNode body, Work work) {
        return switch (operation) {
            case "createPayment" -> createPayment(account, body, work);
            case "createPayout" -> desks.payouts().create(account, body, work);
            case "createPaymentLink" -> desks.links().create(account, body, work);
            case "capturePayment" -> desks.maintenance().capture(account, payment(account, paymentId), body, work);
            case "cancelPayment" -> desks.maintenance().cancel(payment(account, paymentId), body, work);
            case "refundPayment" -> desks.maintenance().refund(account, payment(account, paymentId), body, work);
            case "incrementAuthorization" -> desks.maintenance().increment(payment(account, paymentId), body, work);
            case "addAuthorizationDetails" -> addDetails(payment(account, paymentId));
            case "completePayment" -> completePayment(payment(account, paymentId), body, work);
            case "subsequentPayment" -> subsequentPayment(account, payment(account, paymentId), body, work);
            default -> throw new IllegalStateException("no answer for " + operation);
        };
    }

    private Answer createPayment(Account account, JsonNode body, Work work) {
        var request = desks.reader().read(body, account);
        if (request.mandateReference() == null && request.method() == Method.DIRECT_DEBIT) {
            var given = body.path(Method.DIRECT_DEBIT.inputName()).path("paymentProduct771SpecificInput").path("mandate");
            work.save(desks.mandates().read(Input.of(given), given, account));
        }
        return created(desks.payments().create(account, request, work));
    }

    private Answer created(Payment payment) {
        var result = Json.object();
        var creation = result.putObject("creationOutput");
        Wire.put(creation, "externalReference", payment.terms().references().merchantReference());
        if (payment.state().createdToken() != null) {
            creation.put("token", payment.state().createdToken()).put("isNewToken", true).put("tokenizationSucceeded", true);
        }
        var journey = payment.terms().journey();
        if (payment.state().stage() == Stage.REDIRECTED && journey != null) {
            var action = result.putObject("merchantAction").put("actionType", "REDIRECT");
            action.putObject("redirectData").put("redirectURL", desks.wire().url(BankPages.PATH + journey.page()))
                    .put("RETURNMAC", journey.returnMac());
        }
        result.set("payment", desks.wire().payment(payment));
        return answerOf(payment, result);
    }

    /** A payment that is rejected at once is no success, yet all of it is told. */
    private static Answer answerOf(Payment payment, ObjectNode result) {
        var decline = payment.state().decline();
        if (decline == null) {
            return Answer.of(201, result);
        }
        var problem = ProblemException.body(402, List.of(decline.error()));
        problem.set("paymentResult", result);
        return Answer.of(402, problem);
    }

    private Answer completePayment(Payment payment, JsonNode json, Work work) {
        var body = Input.of(json);
        Money.read(body.required("order"), "amountOfMoney", 0);
        body.refuseIfWrong();
        if (payment.state().stage() != Stage.COMPLETION) {
            throw ProblemException.serverError("The payment waits for no completion");
        }
        var result = Json.object();
        var completed = desks.payments().completeByMerchant(payment, work);
        result.putObject("creationOutput");
        result.set("payment", desks.wire().payment(completed));
        return Answer.of(201, result);
    }

    private Answer subsequentPayment(Account account, Payment first, JsonNode json, Work work) {
        var body = Input.of(json);
        var order = body.required("order");
        var money = Money.read(order, "amountOfMoney", 1);
        var references = References.read(order, "references");
        var input = body.object("subsequentcardPaymentMethodSpecificInput");
        var mode = input.has("authorizationMode") ? PaymentReader.mode(input) : Mode.FINAL_AUTHORIZATION;
        input.choice("subsequentType", Set.of("Recurring", "Unscheduled", "Installment", "NoShow", "DelayedCharge",
                "PartialShipment", "Resubmission"));
        body.refuseIfWrong();
        var card = first.terms().card();
        if (card == null || (first.state().stage() != Stage.APPROVED && first.state().stage() != Stage.VERIFIED)) {
            throw ProblemException.notAllowed("50001127");
        }
        var request = new PaymentRequest(money, references, first.terms().method(), first.terms().productId(), mode, card, false,
                null, ThreeDsRequest.NONE, null, "", true, false, false, PaymentReader.webhookUrls(body), null, null);
        var payment = desks.payments().create(account, request, new Payments.Place(store.newBase(), null, first.id()), work);
        var result = Json.object();
        result.set("payment", desks.wire().payment(payment));
        return answerOf(payment, result);
    }

    /** The fields of this call are not known (section 1); nothing depends on them. */
    private Answer addDetails(Payment payment) {
        if (payment.remaining() == 0) {
            throw ProblemException.notAllowed("50001127");
        }
        var answer = Json.object();
        answer.set("payment", desks.wire().payment(payment));
        return Answer.ok(answer);
    }

    private Payment payment(Account account, HttpRequest request) {
        return payment(account, segment(request, 4));
    }

    /** With or without a number behind the base; if there is one, an operation must have it. */
    private Payment payment(Account account, @Nullable String id) {
        if (id == null || !Ids.isId(id)) {
            throw ProblemException.malformedPaymentId();
        }
        var payment = store.payments().get(Ids.base(id));
        int number = Ids.number(id);
        if (payment == null || !payment.merchantId().equals(account.require("merchant_id"))
                || (number > 0 && payment.state().maintenance().stream().noneMatch(operation -> operation.number() == number))) {
            throw ProblemException.unknown("UNKNOWN_PAYMENT_ID", "paymentId");
        }
        return payment;
    }

    static String segment(HttpRequest request, int index) {
        var segments = Operation.segments(request.path());
        return index < segments.length ? Forms.percentDecode(segments[index]) : "";
    }

    /** An empty body counts as an empty object. */
    static JsonNode body(HttpRequest request) {
        if (new String(request.body(), StandardCharsets.UTF_8).isBlank()) {
            return Json.object();
        }
        try {
            var json = Json.parse(request.body());
            if (json.isNull()) {
                return Json.object();
            }
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // Refused below like any body that is no object.
        }
        throw new ProblemException(400, List.of(new ApiError(400, "SCHEMA_VALIDATION_FAILED", "50001111", "1008",
                "The body must be a JSON object", ApiError.Category.DIRECT_PLATFORM_ERROR, null)));
    }

    /** Does what has become due, and what becomes due by that. */
    void completeDue() {
        synchronized (store.lock()) {
            boolean again = true;
            while (again) {
                again = false;
                for (var payment : store.payments().watched()) {
                    again |= completeDue(payment, desks.clock().instant());
                }
            }
            for (var payout : store.payouts().watched()) {
                if (payout.dueAt() != null && !desks.clock().instant().isBefore(payout.dueAt())) {
                    commit(work -> desks.payouts().end(payout, true, work));
                }
            }
            commit(desks.checkouts()::expireDue);
            commit(desks.links()::expireDue);
        }
    }

    /** Whether something was due. */
    private boolean completeDue(Payment payment, Instant now) {
        var due = payment.state().dueAt();
        if (due != null && !now.isBefore(due)) {
            commit(work -> {
                switch (payment.state().stage()) {
                    case WAITING, UNCERTAIN -> desks.payments().complete(payment, true, work);
                    case REDIRECTED -> desks.payments().expire(payment, work);
                    case APPROVED -> desks.maintenance().captureWhenDue(desks.payments().accountOf(payment), payment, work);
                    case COMPLETION, VERIFIED, REJECTED, CANCELLED -> throw new IllegalStateException("nothing goes on by itself here");
                }
            });
            return true;
        }
        for (var operation : payment.state().maintenance()) {
            if (operation.dueAt() != null && !now.isBefore(operation.dueAt())) {
                commit(work -> desks.maintenance().end(payment, operation, operation.approvedWhenDue(), work));
                return true;
            }
        }
        return false;
    }

    private interface Task {
        void doWith(Work work);
    }

    private void commit(Task task) {
        var work = new Work();
        task.doWith(work);
        store.commit(work);
        events.send(work.events());
    }
}
