package dev.bezant.worldline.acquiring;

/**
 * The operations of the API, as the platform and observers name them.
 *
 * @see "docs/protocols/worldline-acquiring.md, section 1"
 */
public enum Operation {
    PROCESS_PAYMENT("processPayment", Scope.PROCESSING_PAYMENT),
    GET_PAYMENT_STATUS("getPaymentStatus", Scope.PROCESSING_PAYMENT),
    SIMPLE_CAPTURE_OF_PAYMENT("simpleCaptureOfPayment", Scope.PROCESSING_PAYMENT),
    REVERSE_AUTHORIZATION("reverseAuthorization", Scope.PROCESSING_PAYMENT),
    INCREMENT_PAYMENT("incrementPayment", Scope.PROCESSING_PAYMENT),
    CREATE_REFUND("createRefund", Scope.PROCESSING_REFUND),
    PROCESS_STANDALONE_REFUND("processStandaloneRefund", Scope.PROCESSING_REFUND),
    GET_REFUND("getRefund", Scope.PROCESSING_REFUND),
    CAPTURE_REFUND("captureRefund", Scope.PROCESSING_REFUND),
    REVERSE_REFUND_AUTHORIZATION("reverseRefundAuthorization", Scope.PROCESSING_REFUND),
    PROCESS_ACCOUNT_VERIFICATION("processAccountVerification", Scope.PROCESSING_ACCOUNTVERIFICATION),
    PROCESS_BALANCE_INQUIRY("processBalanceInquiry", Scope.PROCESSING_BALANCEINQUIRY),
    TECHNICAL_REVERSAL("technicalReversal", Scope.PROCESSING_OPERATION_REVERSE),
    REQUEST_DCC_RATE("requestDccRate", Scope.PROCESSING_DCC_RATE),
    PING("ping", Scope.SERVICES_PING),
    SEARCH_DISPUTES("searchDisputes", Scope.DISPUTES_RETRIEVE),
    GET_DISPUTE("getDispute", Scope.DISPUTES_RETRIEVE),
    ACCEPT_DISPUTE_LIABILITY("acceptDisputeLiability", Scope.DISPUTES_MANAGE),
    SUBMIT_EVIDENCE("submitEvidence", Scope.DISPUTES_MANAGE),
    UPLOAD_DISPUTE_DOCUMENT("uploadDisputeDocument", Scope.DISPUTES_MANAGE),
    GET_DISPUTE_DOCUMENT("getDisputeDocument", Scope.DISPUTES_RETRIEVE),
    SEARCH_DISPUTE_ENTRIES("searchDisputeEntries", Scope.DISPUTES_RETRIEVE);

    private final String id;
    private final Scope scope;

    Operation(String id, Scope scope) {
        this.id = id;
        this.scope = scope;
    }

    /** Such as {@code processPayment}. */
    public String id() {
        return id;
    }

    /** What a token must permit for it. */
    public Scope scope() {
        return scope;
    }
}
