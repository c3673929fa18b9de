package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.card.TestCard;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import dev.bezant.sandbox.worldlineacquiring.Decline.Advice;
import dev.bezant.sandbox.worldlineacquiring.Decline.Responder;
import dev.bezant.sandbox.worldlineacquiring.Step.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of answers (sections 2.5 and 2.7). */
final class Wire {
    private final Store store;
    private final SandboxClock clock;

    Wire(Store store, SandboxClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The sandbox's time, as precise as it is told. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * What every operation's answer begins with.
     *
     * @param decline null if it was approved
     * @param responder who approved it; whoever declines is known by the reason
     */
    static ObjectNode result(String operationId, @Nullable Decline decline, Responder responder, boolean partly) {
        var json = Json.object().put("operationId", operationId);
        if (decline == null) {
            return json.put("responder", responder.name()).put("responseCode", "0")
                    .put("responseCodeCategory", partly ? "PARTIALLY_APPROVED" : "APPROVED")
                    .put("responseCodeDescription", partly ? "Partially approved" : "Approved");
        }
        json.put("responder", decline.responder().name()).put("responseCode", decline.code()).put("responseCodeCategory", "DECLINED")
                .put("responseCodeDescription", decline.text());
        if (decline.advice() != Advice.NONE) {
            json.putObject("additionalResponseData").put("merchantAdviceCode", decline.advice().code())
                    .put("merchantAdviceCodeDescription", decline.advice().text());
        }
        return json;
    }

    /** Of what nobody has decided yet: no code and no category, so that nobody takes it for approved. */
    private static ObjectNode undecided(String operationId) {
        return Json.object().put("operationId", operationId).put("responder", Responder.WORLDLINE.name());
    }

    /** {@code ApiPaymentResponse}. */
    ObjectNode paymentResponse(Payment payment) {
        var terms = payment.terms();
        boolean partly = payment.isApproved() && payment.authorized() < terms.money().amount();
        var operationId = terms.references().operationId();
        var json = payment.state().stage() == Payment.Stage.PENDING ? undecided(operationId)
                : result(operationId, payment.state().decline(), Responder.ISSUER, partly);
        json.set("cardPaymentData", cardData(terms.use(), payment.state().decline()));
        putPayment(json, payment);
        return json;
    }

    /** {@code ApiPaymentResource}. */
    ObjectNode paymentResource(Payment payment, boolean withOperations) {
        var json = Json.object();
        json.putObject("cardPaymentData").put("brand", payment.terms().card().brand());
        putPayment(json, payment);
        if (withOperations) {
            operations(json, payment.state().steps(), payment.terms().money(), true);
        }
        return json;
    }

    private void putPayment(ObjectNode json, Payment payment) {
        json.put("paymentId", payment.id());
        if (payment.isApproved()) {
            json.put("initialAuthorizationCode", payment.terms().ids().authorizationCode());
            json.set("totalAuthorizedAmount", payment.terms().money().with(payment.authorized()).json());
        }
        json.set("references", references(payment.terms().ids(), payment.terms().card()));
        json.put("status", payment.status(now())).put("statusTimestamp", payment.statusSince(now()).toString());
    }

    /** {@code ApiActionResponse} and its like. */
    ObjectNode actionResponse(Payment payment, Step step) {
        var json = result(step.operationId(), step.decline(), Responder.WORLDLINE, false);
        json.putObject("payment").put("paymentId", payment.id()).put("status", payment.status(now()))
                .put("statusTimestamp", payment.statusSince(now()).toString())
                .set("references", references(payment.terms().ids(), payment.terms().card()));
        return json;
    }

    ObjectNode reversalResponse(Payment payment, Step step) {
        var json = actionResponse(payment, step);
        json.set("totalAuthorizedAmount", payment.terms().money().with(payment.authorized()).json());
        return json;
    }

    ObjectNode incrementResponse(Payment payment, Step step) {
        var json = reversalResponse(payment, step);
        json.put("responder", step.decline() == null ? Responder.ISSUER.name() : step.decline().responder().name());
        if (step.authorizationCode() != null) {
            json.put("authorizationCode", step.authorizationCode());
        }
        return json;
    }

    /** {@code ApiActionResponseForRefund}. */
    ObjectNode refundAction(Refund refund, String operationId) {
        var json = refund.is(Refund.Stage.PENDING) ? undecided(operationId)
                : result(operationId, refund.state().decline(), Responder.WORLDLINE, false);
        json.putObject("refund").put("refundId", refund.id()).put("status", refund.status(now()))
                .put("statusTimestamp", refund.statusSince(now()).toString())
                .set("references", references(refund.terms().ids(), refund.terms().card()));
        return json;
    }

    /** {@code ApiRefundResponse}, of a refund without a payment. */
    ObjectNode refundResponse(Refund refund) {
        var operationId = refund.terms().references().operationId();
        var json = refund.is(Refund.Stage.PENDING) ? undecided(operationId)
                : result(operationId, refund.state().decline(), Responder.ISSUER, false);
        json.putObject("cardPaymentData").put("brand", refund.terms().card().brand());
        putRefund(json, refund, "authorizationCode");
        return json;
    }

    /** {@code ApiRefundResource}. */
    ObjectNode refundResource(Refund refund, boolean withOperations) {
        var json = Json.object();
        json.putObject("cardPaymentData").put("brand", refund.terms().card().brand());
        putRefund(json, refund, "initialAuthorizationCode");
        if (withOperations) {
            operations(json, refund.state().steps(), refund.terms().money(), false);
        }
        return json;
    }

    private void putRefund(ObjectNode json, Refund refund, String codeName) {
        json.put("refundId", refund.id());
        if (refund.paymentId() != null) {
            json.put("referencedPaymentId", refund.paymentId());
        }
        if (!refund.is(Refund.Stage.DECLINED) && !refund.is(Refund.Stage.PENDING)) {
            json.put(codeName, refund.terms().ids().authorizationCode());
            json.set("totalAuthorizedAmount", refund.terms().money().json());
        }
        json.set("references", references(refund.terms().ids(), refund.terms().card()));
        json.put("status", refund.status(now())).put("statusTimestamp", refund.statusSince(now()).toString());
    }

    /** What was taken back is not listed any more. */
    private void operations(ObjectNode json, List<Step> steps, Money money, boolean withCodes) {
        var list = json.putArray("operations");
        for (var step : steps) {
            if (step.undone()) {
                continue;
            }
            var item = list.addObject();
            item.set("amount", money.with(step.amount()).json());
            if (withCodes && step.authorizationCode() != null) {
                item.put("authorizationCode", step.authorizationCode());
            }
            boolean isFirst = step.kind() == Kind.AUTHORIZATION;
            var result = isOpenRefund(step) ? undecided(step.operationId())
                    : result(step.operationId(), step.decline(), isFirst ? Responder.ISSUER : Responder.WORLDLINE, false);
            result.remove(List.of("responder", "additionalResponseData"));
            item.setAll(result);
            item.put("operationTimestamp", step.at().toString()).put("operationType", step.kind().name());
        }
    }

    private boolean isOpenRefund(Step step) {
        var refund = step.refundId() == null ? null : store.refund(step.refundId());
        return refund != null && refund.is(Refund.Stage.PENDING);
    }

    /** {@code CardPaymentDataForResponse}; the words of the comparisons are the simulator's. */
    static ObjectNode cardData(CardUse use, @Nullable Decline decline) {
        var json = Json.object().put("brand", use.card().brand());
        if (use.withAddress() || use.withSecurityCode()) {
            var ecommerce = json.putObject("ecommerceData");
            if (use.withAddress()) {
                ecommerce.put("addressVerificationResult", addressResult(use.card().shared()));
            }
            if (use.withSecurityCode()) {
                boolean wrong = decline == Decline.INCORRECT_SECURITY_CODE || use.card().shared() == TestCard.CVC_CHECK_FAILS;
                ecommerce.put("cardSecurityCodeResult", wrong ? "NO_MATCH" : "MATCH");
            }
        }
        if (use.present()) {
            var sale = json.putObject("pointOfSaleData").put("panLast4Digits", use.card().last4());
            if (decline == Decline.INCORRECT_PIN) {
                sale.put("pinRetryCounter", 2);
            }
        }
        return json;
    }

    private static String addressResult(@Nullable TestCard card) {
        return switch (card) {
            case ZIP_CHECK_FAILS -> "STREET_MATCH";
            case STREET_CHECK_FAILS -> "POSTAL_CODE_MATCH";
            case ADDRESS_CHECK_FAILS -> "NO_MATCH";
            case ADDRESS_NOT_CHECKED -> "NOT_CHECKED";
            case null, default -> "MATCH";
        };
    }

    static ObjectNode references(SchemeIds ids, CardFacts card) {
        return Json.object().put("paymentAccountReference", card.accountReference())
                .put("retrievalReferenceNumber", ids.retrievalReferenceNumber()).put("schemeTransactionId", ids.schemeTransactionId());
    }
}
