package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.provider.Operation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The API's calls (section 1), and those of the authorization server. The first match wins. */
final class Operations {
    static final String TOKEN_PATH = "/connect/token";
    private static final String PROCESSING = "/processing/v1/{acquirer}/{merchant}/";
    private static final String SERVICES = "/services/v1/";
    private static final String DISPUTES = "/dispute-management/v1/";

    /** One call and the scope it needs. */
    private record Scoped(Operation operation, String scope) {}

    private static final List<Scoped> API = List.of(
            money("processPayment", "payments", "processing_payment"),
            call("getPaymentStatus", "GET", PROCESSING + "payments/{payment}", "processing_payment"),
            money("simpleCaptureOfPayment", "payments/{payment}/captures", "processing_payment"),
            money("reverseAuthorization", "payments/{payment}/authorization-reversals", "processing_payment"),
            money("incrementPayment", "payments/{payment}/increments", "processing_payment"),
            money("createRefund", "payments/{payment}/refunds", "processing_refund"),
            money("processStandaloneRefund", "refunds", "processing_refund"),
            call("getRefund", "GET", PROCESSING + "refunds/{refund}", "processing_refund"),
            money("captureRefund", "refunds/{refund}/captures", "processing_refund"),
            money("reverseRefundAuthorization", "refunds/{refund}/authorization-reversals", "processing_refund"),
            call("processAccountVerification", "POST", PROCESSING + "account-verifications", "processing_accountverification"),
            call("processBalanceInquiry", "POST", PROCESSING + "balance-inquiries", "processing_balanceinquiry"),
            money("technicalReversal", "operations/{operation}/reverse", "processing_operation_reverse"),
            call("requestDccRate", "POST", SERVICES + "{acquirer}/{merchant}/dcc-rates", "processing_dcc_rate"),
            call("ping", "GET", SERVICES + "ping", "services_ping"),
            call("searchDisputes", "POST", DISPUTES + "disputes/search", "disputes_retrieve"),
            call("getDispute", "GET", DISPUTES + "disputes/{dispute}", "disputes_retrieve"),
            call("acceptDisputeLiability", "POST", DISPUTES + "disputes/{dispute}/accept", "disputes_manage"),
            call("submitEvidence", "POST", DISPUTES + "disputes/{dispute}/submit-evidence", "disputes_manage"),
            call("uploadDisputeDocument", "POST", DISPUTES + "documents", "disputes_manage"),
            call("getDisputeDocument", "GET", DISPUTES + "disputes/{dispute}/documents/{document}", "disputes_retrieve"),
            call("searchDisputeEntries", "POST", DISPUTES + "dispute-entries/search", "disputes_retrieve"));

    /** The second path is that of an older server (section 0). */
    private static final List<Operation> AUTHORIZATION_SERVER = List.of(
            new Operation("requestToken", "POST", TOKEN_PATH, false),
            new Operation("requestToken", "POST", "/auth/realms/acquiring_api/protocol/openid-acquiring/token", false),
            new Operation("revokeToken", "POST", "/connect/revocation", false));

    static final List<Operation> ALL = Stream.concat(API.stream().map(Scoped::operation), AUTHORIZATION_SERVER.stream()).toList();

    private static final Map<String, String> SCOPES = API.stream().collect(
            Collectors.toUnmodifiableMap(scoped -> scoped.operation().id(), Scoped::scope));

    private Operations() {}

    static boolean isOfAuthorizationServer(Operation operation) {
        return !SCOPES.containsKey(operation.id());
    }

    static String scopeOf(Operation operation) {
        return SCOPES.getOrDefault(operation.id(), "");
    }

    /** Whether the address names an acquirer and a merchant. */
    static boolean isOfMerchant(Operation operation) {
        return operation.template().contains("{merchant}");
    }

    private static Scoped call(String id, String method, String path, String scope) {
        return new Scoped(new Operation(id, method, path, false), scope);
    }

    private static Scoped money(String id, String path, String scope) {
        return new Scoped(new Operation(id, "POST", PROCESSING + path, true), scope);
    }
}
