package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.provider.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The API's calls (section 1) and the pages a payer's browser visits. The first match wins. */
final class Operations {
    static final String PREFIX = "/v1/";

    static final Operation LIST_ALL_CHARGEBACKS = api("listAllChargebacks", "GET", "payments/chargebacks");
    static final Operation CREATE_PAYMENT = money("createPayment", "POST", "payments");
    static final Operation LIST_PAYMENTS = api("listPayments", "GET", "payments");
    static final Operation GET_PAYMENT = api("getPayment", "GET", "payments/{payment}");
    static final Operation FINALIZE_PAYMENT = money("finalizePayment", "PATCH", "payments/{payment}");
    static final Operation CREATE_REFUND = money("createRefund", "POST", "payments/{payment}/refunds");
    static final Operation LIST_REFUNDS = api("listRefunds", "GET", "payments/{payment}/refunds");
    static final Operation GET_REFUND = api("getRefund", "GET", "payments/{payment}/refunds/{refund}");
    static final Operation CREATE_SETTLEMENT = money("createSettlement", "POST", "payments/{payment}/settlements");
    static final Operation LIST_SETTLEMENTS = api("listSettlements", "GET", "payments/{payment}/settlements");
    static final Operation GET_SETTLEMENT = api("getSettlement", "GET", "payments/{payment}/settlements/{settlement}");
    static final Operation CREATE_VOID = money("createVoid", "POST", "payments/{payment}/voids");
    static final Operation LIST_VOIDS = api("listVoids", "GET", "payments/{payment}/voids");
    static final Operation GET_VOID = api("getVoid", "GET", "payments/{payment}/voids/{void}");
    static final Operation CREATE_CHARGEBACK = api("createChargeback", "POST", "payments/{payment}/chargebacks");
    static final Operation LIST_CHARGEBACKS = api("listChargebacks", "GET", "payments/{payment}/chargebacks");
    static final Operation GET_CHARGEBACK = api("getChargeback", "GET", "payments/{payment}/chargebacks/{chargeback}");
    /** An extension: it stands for the people whom a merchant sends evidence to, since the real service takes none through its API. */
    static final Operation SUBMIT_EVIDENCE = new Operation("submitEvidence", "POST", "/simulator/chargebacks/{chargeback}/evidence", false);
    static final Operation CREATE_RDR = api("createRdr", "POST", "payments/{payment}/rdrs");
    static final Operation GET_RDR = api("getRdr", "GET", "payments/{payment}/rdrs/{rdr}");
    static final Operation CREATE_PAYMENT_LINK = api("createPaymentLink", "POST", "paymentLinks");
    static final Operation GET_PAYMENT_LINK = api("getPaymentLink", "GET", "paymentLinks/{link}");
    static final Operation UPDATE_PAYMENT_LINK = api("updatePaymentLink", "PATCH", "paymentLinks/{link}");
    static final Operation DELETE_PAYMENT_LINK = api("deletePaymentLink", "DELETE", "paymentLinks/{link}");

    static final List<Operation> API = List.of(LIST_ALL_CHARGEBACKS, CREATE_PAYMENT, LIST_PAYMENTS, GET_PAYMENT, FINALIZE_PAYMENT,
            CREATE_REFUND, LIST_REFUNDS, GET_REFUND, CREATE_SETTLEMENT, LIST_SETTLEMENTS, GET_SETTLEMENT, CREATE_VOID, LIST_VOIDS,
            GET_VOID, CREATE_CHARGEBACK, LIST_CHARGEBACKS, GET_CHARGEBACK, CREATE_RDR, GET_RDR, CREATE_PAYMENT_LINK,
            GET_PAYMENT_LINK, UPDATE_PAYMENT_LINK, DELETE_PAYMENT_LINK);

    /** The pages; the hosted page answers under both addresses that integrators use. */
    static final List<Operation> PAGES = List.of(
            new Operation("openHostedPage", "POST", "/", false),
            new Operation("openHostedPage", "POST", "/v1/payment", false),
            new Operation("showHostedPage", "GET", "/checkout/{checkout}", false),
            new Operation("payHostedPage", "POST", "/checkout/{checkout}", false),
            new Operation("returnToHostedPage", "POST", "/checkout/{checkout}/3ds", false),
            new Operation("openPaymentLink", "GET", "/link/{link}", false),
            new Operation("payPaymentLink", "POST", "/link/{link}", false),
            new Operation("challengeV2", "POST", AcsPages.V2_PATH, false),
            new Operation("challengeV2", "GET", AcsPages.V2_PATH, false),
            new Operation("challengeV1", "POST", AcsPages.V1_PATH, false),
            new Operation("challengeV1", "GET", AcsPages.V1_PATH, false));

    static final List<Operation> ALL = Stream.of(API.stream(), PAGES.stream(), Stream.of(SUBMIT_EVIDENCE)).flatMap(it -> it).toList();

    private Operations() {}

    private static Operation api(String id, String method, String path) {
        return new Operation(id, method, PREFIX + path, false);
    }

    private static Operation money(String id, String method, String path) {
        return new Operation(id, method, PREFIX + path, true);
    }
}
