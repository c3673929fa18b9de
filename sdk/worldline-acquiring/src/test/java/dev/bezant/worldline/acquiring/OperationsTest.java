package dev.bezant.worldline.acquiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.http.CallObserver;
import dev.bezant.worldline.acquiring.model.AcceptDisputeLiabilityRequest;
import dev.bezant.worldline.acquiring.model.ApiAccountVerificationRequest;
import dev.bezant.worldline.acquiring.model.ApiBalanceInquiryRequest;
import dev.bezant.worldline.acquiring.model.ApiCaptureRequest;
import dev.bezant.worldline.acquiring.model.ApiCaptureRequestForRefund;
import dev.bezant.worldline.acquiring.model.ApiIncrementRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentRefundRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentReversalRequest;
import dev.bezant.worldline.acquiring.model.ApiRefundRequest;
import dev.bezant.worldline.acquiring.model.ApiRefundReversalRequest;
import dev.bezant.worldline.acquiring.model.ApiTechnicalReversalRequest;
import dev.bezant.worldline.acquiring.model.Brand;
import dev.bezant.worldline.acquiring.model.CardDataForDcc;
import dev.bezant.worldline.acquiring.model.CardPaymentDataForBalanceInquiry;
import dev.bezant.worldline.acquiring.model.CardPaymentDataForRefund;
import dev.bezant.worldline.acquiring.model.CardPaymentDataForVerification;
import dev.bezant.worldline.acquiring.model.DccTransactionType;
import dev.bezant.worldline.acquiring.model.DisputeDocumentId;
import dev.bezant.worldline.acquiring.model.GetDccRateRequest;
import dev.bezant.worldline.acquiring.model.GetDisputeParams;
import dev.bezant.worldline.acquiring.model.GetPaymentStatusParams;
import dev.bezant.worldline.acquiring.model.GetRefundParams;
import dev.bezant.worldline.acquiring.model.Merchants;
import dev.bezant.worldline.acquiring.model.Money;
import dev.bezant.worldline.acquiring.model.PaginationRequest;
import dev.bezant.worldline.acquiring.model.SearchDisputeEntriesRequest;
import dev.bezant.worldline.acquiring.model.SearchDisputesRequest;
import dev.bezant.worldline.acquiring.model.SubmitEvidenceRequest;
import dev.bezant.worldline.acquiring.model.TransactionDataForDcc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation once over real HTTP, in its asynchronous form: method, address, body, a token, a read answer. */
class OperationsTest {
    private static final CallContext NONE = CallContext.none();
    private static final String MERCHANT = "processing/v1/100%20812/520000214/";
    private static final String RESULT = "{\"operationId\":\"o\",\"responseCodeCategory\":\"APPROVED\"}";
    private static final String GBP_2 = "{\"amount\":200,\"currencyCode\":\"GBP\",\"numberOfDecimals\":2}";

    /**
     * One call.
     *
     * @param answer what the server says
     * @param line what it must have been asked
     */
    record Case(Operation operation, Function<V1Client, CompletableFuture<?>> call, String answer, String line) {}

    private static final List<Case> CASES = List.of(
            new Case(Operation.PROCESS_PAYMENT, v1 -> merchant(v1).payments().processPaymentAsync(Bodies.PAYMENT, NONE), Bodies.AUTHORIZED,
                    "POST " + MERCHANT + "payments {\"amount\":" + GBP_2 + ",\"authorizationType\":\"PRE_AUTHORIZATION\",\"cardPaymentData\":"
                            + "{\"allowPartialApproval\":false,\"brand\":\"VISA\",\"captureImmediately\":false,\"cardData\":{\"cardNumber\":"
                            + "\"4176669999000104\",\"cardSecurityCode\":\"012\",\"expiryDate\":\"122040\"},\"cardEntryMode\":\"ECOMMERCE\","
                            + "\"cardholderVerificationMethod\":\"CARD_SECURITY_CODE\"},\"operationId\":\"op-1\",\"references\":"
                            + "{\"merchantReference\":\"your-order-1\"},\"transactionTimestamp\":\"2026-01-02T03:04:05+01:00\"}"),
            new Case(Operation.GET_PAYMENT_STATUS, v1 -> merchant(v1).payments().getPaymentStatusAsync(
                    "p/1", GetPaymentStatusParams.builder().returnOperations(true).build(), NONE),
                    "{\"paymentId\":\"p/1\",\"status\":\"CONFIRMED\"}", "GET " + MERCHANT + "payments/p%2F1?returnOperations=true"),
            new Case(Operation.SIMPLE_CAPTURE_OF_PAYMENT, v1 -> merchant(v1).payments().simpleCaptureOfPaymentAsync("p",
                    ApiCaptureRequest.builder().operationId("o").amount(Money.of(200, "GBP")).captureSequenceNumber(1).isFinal(false).build(), NONE),
                    RESULT, "POST " + MERCHANT + "payments/p/captures {\"amount\":" + GBP_2
                            + ",\"captureSequenceNumber\":1,\"isFinal\":false,\"operationId\":\"o\"}"),
            new Case(Operation.REVERSE_AUTHORIZATION, v1 -> merchant(v1).payments().reverseAuthorizationAsync("p",
                    ApiPaymentReversalRequest.builder().operationId("o").reversalAmount(Money.of(200, "GBP")).build(), NONE), RESULT,
                    "POST " + MERCHANT + "payments/p/authorization-reversals {\"operationId\":\"o\",\"reversalAmount\":" + GBP_2 + "}"),
            new Case(Operation.INCREMENT_PAYMENT, v1 -> merchant(v1).payments().incrementPaymentAsync("p",
                    ApiIncrementRequest.builder().operationId("o").incrementAmount(Money.of(200, "GBP")).build(), NONE), RESULT,
                    "POST " + MERCHANT + "payments/p/increments {\"incrementAmount\":" + GBP_2 + ",\"operationId\":\"o\"}"),
            new Case(Operation.CREATE_REFUND, v1 -> merchant(v1).payments().createRefundAsync("p",
                    ApiPaymentRefundRequest.builder().operationId("o").captureImmediately(true).build(), NONE), RESULT,
                    "POST " + MERCHANT + "payments/p/refunds {\"captureImmediately\":true,\"operationId\":\"o\"}"),
            new Case(Operation.PROCESS_STANDALONE_REFUND, v1 -> merchant(v1).refunds().processStandaloneRefundAsync(ApiRefundRequest.builder()
                    .operationId("o").amount(Money.of(200, "GBP")).cardPaymentData(CardPaymentDataForRefund.builder().brand(Brand.VISA).build())
                    .build(), NONE), RESULT,
                    "POST " + MERCHANT + "refunds {\"amount\":" + GBP_2 + ",\"cardPaymentData\":{\"brand\":\"VISA\"},\"operationId\":\"o\"}"),
            new Case(Operation.GET_REFUND, v1 -> merchant(v1).refunds().getRefundAsync("r", GetRefundParams.builder().returnOperations(false).build(),
                    NONE), "{\"refundId\":\"r\"}", "GET " + MERCHANT + "refunds/r?returnOperations=false"),
            new Case(Operation.CAPTURE_REFUND, v1 -> merchant(v1).refunds().captureRefundAsync("r",
                    ApiCaptureRequestForRefund.builder().operationId("o").build(), NONE), RESULT,
                    "POST " + MERCHANT + "refunds/r/captures {\"operationId\":\"o\"}"),
            new Case(Operation.REVERSE_REFUND_AUTHORIZATION, v1 -> merchant(v1).refunds().reverseRefundAuthorizationAsync("r",
                    ApiRefundReversalRequest.builder().operationId("o").build(), NONE), RESULT,
                    "POST " + MERCHANT + "refunds/r/authorization-reversals {\"operationId\":\"o\"}"),
            new Case(Operation.PROCESS_ACCOUNT_VERIFICATION, v1 -> merchant(v1).accountVerifications().processAccountVerificationAsync(
                    ApiAccountVerificationRequest.builder().operationId("o").cardPaymentData(CardPaymentDataForVerification.builder().build()).build(),
                    NONE), RESULT, "POST " + MERCHANT + "account-verifications {\"cardPaymentData\":{},\"operationId\":\"o\"}"),
            new Case(Operation.PROCESS_BALANCE_INQUIRY, v1 -> merchant(v1).balanceInquiries().processBalanceInquiryAsync(
                    ApiBalanceInquiryRequest.builder().operationId("o").cardPaymentData(CardPaymentDataForBalanceInquiry.builder().build()).build(),
                    NONE), RESULT, "POST " + MERCHANT + "balance-inquiries {\"cardPaymentData\":{},\"operationId\":\"o\"}"),
            new Case(Operation.TECHNICAL_REVERSAL, v1 -> merchant(v1).technicalReversals().technicalReversalAsync("op-1",
                    ApiTechnicalReversalRequest.builder().operationId("o").reason("TIMEOUT").build(), NONE), RESULT,
                    "POST " + MERCHANT + "operations/op-1/reverse {\"operationId\":\"o\",\"reason\":\"TIMEOUT\"}"),
            new Case(Operation.REQUEST_DCC_RATE, v1 -> merchant(v1).dynamicCurrencyConversion().requestDccRateAsync(GetDccRateRequest.builder()
                    .targetCurrency("EUR").cardPaymentData(CardDataForDcc.builder().bin(SecretText.of("41766699")).build())
                    .transaction(TransactionDataForDcc.builder().amount(Money.of(200, "GBP")).transactionType(DccTransactionType.PAYMENT).build())
                    .build(), NONE), "{\"proposal\":{\"rate\":{\"exchangeRate\":1.17}}}",
                    "POST services/v1/100%20812/520000214/dcc-rates {\"cardPaymentData\":{\"bin\":\"41766699\"},\"targetCurrency\":\"EUR\","
                            + "\"transaction\":{\"amount\":" + GBP_2 + ",\"transactionType\":\"PAYMENT\"}}"),
            new Case(Operation.PING, v1 -> v1.ping().pingAsync(NONE), "", "GET services/v1/ping"),
            new Case(Operation.SEARCH_DISPUTES, v1 -> v1.disputeManagement().searchDisputesAsync(SearchDisputesRequest.builder()
                    .isOpen(true).merchantScope(Merchants.of("1", "2")).pagination(PaginationRequest.builder().fromIndex(0).pageSize(20).build())
                    .build(), NONE), "{\"disputes\":[{\"disputeId\":\"d\"}]}",
                    "POST dispute-management/v1/disputes/search {\"isOpen\":true,\"merchantScope\":{\"merchantIds\":[{\"acquirerId\":\"1\","
                            + "\"merchantId\":\"2\"}],\"merchantScopeType\":\"BY_MERCHANT_IDS\"},\"pagination\":{\"fromIndex\":0,\"pageSize\":20}}"),
            new Case(Operation.GET_DISPUTE, v1 -> v1.disputeManagement().getDisputeAsync("d", GetDisputeParams.builder().includeEntries(true).build(),
                    NONE), "{\"dispute\":{\"disputeId\":\"d\"}}", "GET dispute-management/v1/disputes/d?includeEntries=true"),
            new Case(Operation.ACCEPT_DISPUTE_LIABILITY, v1 -> v1.disputeManagement().acceptDisputeLiabilityAsync("d",
                    AcceptDisputeLiabilityRequest.builder().messageText("m").build(), NONE), "{\"dispute\":{\"disputeId\":\"d\"}}",
                    "POST dispute-management/v1/disputes/d/accept {\"messageText\":\"m\"}"),
            new Case(Operation.SUBMIT_EVIDENCE, v1 -> v1.disputeManagement().submitEvidenceAsync("d", SubmitEvidenceRequest.builder()
                    .documentIds(List.of(DisputeDocumentId.builder().documentId("x").build())).build(), NONE), "{\"dispute\":{\"disputeId\":\"d\"}}",
                    "POST dispute-management/v1/disputes/d/submit-evidence {\"documentIds\":[{\"documentId\":\"x\"}]}"),
            new Case(Operation.UPLOAD_DISPUTE_DOCUMENT, v1 -> v1.disputeDocuments().uploadDisputeDocumentAsync(
                    UploadableFile.of("a.txt", "text/plain", new byte[] {'h', 'i'}), NONE), "{\"documentId\":\"x\"}",
                    "POST dispute-management/v1/documents --"),
            new Case(Operation.GET_DISPUTE_DOCUMENT, v1 -> v1.disputeDocuments().getDisputeDocumentAsync("d", "x", NONE), "%PDF",
                    "GET dispute-management/v1/disputes/d/documents/x"),
            new Case(Operation.SEARCH_DISPUTE_ENTRIES, v1 -> v1.disputeEntries().searchDisputeEntriesAsync(
                    SearchDisputeEntriesRequest.builder().disputeId("d").includeDisputeSummary(true).build(), NONE), "{\"disputeEntries\":[]}",
                    "POST dispute-management/v1/dispute-entries/search {\"disputeId\":\"d\",\"includeDisputeSummary\":true}"));

    private TestServer server;
    private final List<String> observed = new ArrayList<>();
    private AcquiringClient client;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        client = server.client().observer((CallObserver.Attempt attempt) -> observed.add(attempt.operation())).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static MerchantClient merchant(V1Client v1) {
        return v1.acquirer("100 812").merchant("520000214");
    }

    static Stream<Arguments> cases() {
        return CASES.stream().map(one -> Arguments.of(one.operation().id(), one));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void an_operation_is_called_with_a_token_and_read(String name, Case one) {
        server.answer(one.answer().isEmpty() ? 204 : 200, one.answer());
        Object result = one.call().apply(client.v1()).join();
        if (one.operation() == Operation.PING) {
            assertThat(result).isNull();
        } else {
            assertThat(result).isNotNull();
        }
        String line = one.line().replaceFirst(" ", " /");
        if (one.operation() == Operation.UPLOAD_DISPUTE_DOCUMENT) {
            assertThat(server.last().line()).startsWith(line);
        } else {
            assertThat(server.last().line()).isEqualTo(line);
        }
        assertThat(server.last().header("Authorization")).isEqualTo("Bearer token-1");
        assertThat(server.last().header("Content-Type") == null).isEqualTo(line.startsWith("GET"));
        assertThat(observed).containsExactly("requestToken", name);
    }

    @Test
    void all_operations_are_here() {
        assertThat(CASES).extracting(Case::operation).containsExactly(Operation.values());
        assertThat(Operation.values()).hasSize(22);
    }

    @Test
    void an_operation_without_an_id_could_never_be_taken_back_and_is_not_sent() {
        var request = ApiPaymentRequest.builder().build();
        assertThatThrownBy(() -> merchant(client.v1()).payments().processPayment(request)).isInstanceOf(InvalidRequestException.class)
                .hasMessage("Not sent: amount is missing; cardPaymentData is missing; operationId is missing");
        assertThat(server.requests).isEmpty();
        assertThat(server.tokenRequests).isEmpty();
    }

    @Test
    void parameters_may_be_left_out() {
        server.answer(200, "{\"paymentId\":\"p\"}");
        merchant(client.v1()).payments().getPaymentStatus("p", null);
        merchant(client.v1()).payments().getPaymentStatus("p", GetPaymentStatusParams.builder().build());
        assertThat(server.requests).extracting(TestServer.Request::target).containsOnly("/" + MERCHANT + "payments/p");
    }
}
