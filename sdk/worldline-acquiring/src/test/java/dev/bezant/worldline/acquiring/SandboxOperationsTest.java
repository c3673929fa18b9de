package dev.bezant.worldline.acquiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.worldline.acquiring.SandboxProcess.Merchant;
import dev.bezant.worldline.acquiring.model.AcceptDisputeLiabilityRequest;
import dev.bezant.worldline.acquiring.model.ApiAccountVerificationRequest;
import dev.bezant.worldline.acquiring.model.ApiBalanceInquiryRequest;
import dev.bezant.worldline.acquiring.model.ApiCaptureRequest;
import dev.bezant.worldline.acquiring.model.ApiCaptureRequestForRefund;
import dev.bezant.worldline.acquiring.model.ApiIncrementRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentRefundRequest;
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
import dev.bezant.worldline.acquiring.model.DisputeStatus;
import dev.bezant.worldline.acquiring.model.DisputeStatusCategory;
import dev.bezant.worldline.acquiring.model.ExpiryDate;
import dev.bezant.worldline.acquiring.model.GetDccRateRequest;
import dev.bezant.worldline.acquiring.model.GetDisputeParams;
import dev.bezant.worldline.acquiring.model.Merchants;
import dev.bezant.worldline.acquiring.model.Money;
import dev.bezant.worldline.acquiring.model.PaginationRequest;
import dev.bezant.worldline.acquiring.model.PlainCardData;
import dev.bezant.worldline.acquiring.model.Progress;
import dev.bezant.worldline.acquiring.model.SearchDisputeEntriesRequest;
import dev.bezant.worldline.acquiring.model.SearchDisputesRequest;
import dev.bezant.worldline.acquiring.model.SubmitEvidenceRequest;
import dev.bezant.worldline.acquiring.model.TransactionDataForDcc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Every operation with an answer of the built sandbox that is a success. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SandboxOperationsTest {
    private static final PlainCardData CARD = PlainCardData.builder().cardNumber(SecretText.of("4176669999000104"))
            .cardSecurityCode(SecretText.of("012")).expiryDate(ExpiryDate.of(12, 2040)).build();
    private static final Set<String> SUCCEEDED = new ConcurrentSkipListSet<>();

    private static SandboxProcess sandbox;
    private static Merchant account;
    private static AcquiringClient client;
    private static MerchantClient merchant;

    @BeforeAll
    static void start() throws IOException {
        sandbox = SandboxProcess.start();
        account = sandbox.merchant("{\"token_seconds\":\"31536000\"}");
        client = account.client().observer(attempt -> {
            if (attempt.status() >= 200 && attempt.status() < 300) {
                SUCCEEDED.add(attempt.operation());
            }
        }).build();
        merchant = account.of(client);
    }

    @AfterAll
    static void stop() {
        client.close();
        sandbox.close();
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static String authorized() {
        return merchant.payments().processPayment(Bodies.payment(fresh())).paymentId().orElseThrow();
    }

    private static String captured() {
        String id = authorized();
        assertThat(merchant.payments().simpleCaptureOfPayment(id, ApiCaptureRequest.builder().operationId(fresh()).build()).isApproved()).isTrue();
        return id;
    }

    private static String disputed() {
        return sandbox.post("chargebacks", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + captured() + "\"}").path("disputeId")
                .asString();
    }

    private static Progress progress(String paymentId) {
        return merchant.payments().getPaymentStatus(paymentId, null).progress();
    }

    @Test
    @Order(1)
    void payments_grow_and_are_released() {
        String id = authorized();
        assertThat(merchant.payments().incrementPayment(id,
                ApiIncrementRequest.builder().operationId(fresh()).incrementAmount(Money.of(100, "GBP")).build()).authorizationCode()).isPresent();
        assertThat(merchant.payments().reverseAuthorization(id, ApiPaymentReversalRequest.builder().operationId(fresh()).build())
                .totalAuthorizedAmount()).contains(Money.of(0, "GBP"));
        assertThat(progress(id)).isEqualTo(Progress.UNDONE);
    }

    @Test
    @Order(1)
    void refunds_are_made_in_two_steps_given_up_and_made_without_a_payment() {
        String id = captured();
        var refunds = merchant.refunds();
        var first = merchant.payments().createRefund(id,
                ApiPaymentRefundRequest.builder().operationId(fresh()).amount(Money.of(50, "GBP")).build()).refund().orElseThrow();
        assertThat(first.progress()).isEqualTo(Progress.WAITS_FOR_MERCHANT);
        String refundId = first.refundId().orElseThrow();
        assertThat(refunds.captureRefund(refundId, ApiCaptureRequestForRefund.builder().operationId(fresh()).build()).isApproved()).isTrue();
        assertThat(refunds.getRefund(refundId, null).progress()).isEqualTo(Progress.CAPTURED);
        String second = merchant.payments().createRefund(id, ApiPaymentRefundRequest.builder().operationId(fresh()).build()).refund().orElseThrow()
                .refundId().orElseThrow();
        refunds.reverseRefundAuthorization(second, ApiRefundReversalRequest.builder().operationId(fresh()).build());
        assertThat(refunds.getRefund(second, null).progress()).isEqualTo(Progress.UNDONE);
        var alone = refunds.processStandaloneRefund(ApiRefundRequest.builder().operationId(fresh()).amount(Money.of(70, "GBP"))
                .cardPaymentData(CardPaymentDataForRefund.builder().brand(Brand.VISA).cardData(CARD).captureImmediately(true).build()).build());
        assertThat(alone.isApproved()).isTrue();
        assertThat(sandbox.movements(account)).contains("refund 50 gbp", "refund 70 gbp");
    }

    @Test
    @Order(1)
    void cards_are_verified_and_balances_told() {
        assertThat(merchant.accountVerifications().processAccountVerification(ApiAccountVerificationRequest.builder().operationId(fresh())
                .cardPaymentData(CardPaymentDataForVerification.builder().cardData(CARD).build()).build()).isApproved()).isTrue();
        assertThat(merchant.balanceInquiries().processBalanceInquiry(ApiBalanceInquiryRequest.builder().operationId(fresh())
                .cardPaymentData(CardPaymentDataForBalanceInquiry.builder().cardData(CARD).build()).build()).availableAmount())
                .contains(Money.of(10_000, "GBP"));
    }

    /** What the vendor's integration test asserts (section 11). */
    @Test
    @Order(1)
    void a_rate_is_offered() {
        var rate = merchant.dynamicCurrencyConversion().requestDccRate(GetDccRateRequest.builder().operationId(fresh()).targetCurrency("EUR")
                .cardPaymentData(CardDataForDcc.builder().brand(Brand.VISA).bin(SecretText.of("41766699")).build())
                .transaction(TransactionDataForDcc.builder().amount(Money.of(200, "GBP")).transactionType(DccTransactionType.PAYMENT).build())
                .build());
        var proposal = rate.proposal().orElseThrow();
        assertThat(proposal.originalAmount()).contains(Money.of(200, "GBP"));
        assertThat(proposal.resultingAmount().orElseThrow().currencyCode()).contains("EUR");
        assertThat(proposal.rate().orElseThrow().exchangeRate()).isPresent();
    }

    @Test
    @Order(1)
    void an_operation_is_taken_back() {
        var request = Bodies.payment(fresh());
        String id = merchant.payments().processPayment(request).paymentId().orElseThrow();
        var reversal = ApiTechnicalReversalRequest.builder().operationId(fresh()).reason("TIMEOUT").build();
        assertThat(merchant.technicalReversals().technicalReversal(request.operationId().orElseThrow(), reversal).isApproved()).isTrue();
        assertThat(progress(id)).isEqualTo(Progress.UNDONE);
        client.v1().ping().ping(CallContext.none());
    }

    @Test
    @Order(1)
    void a_dispute_is_found_defended_with_a_document_and_won() {
        String id = disputed();
        var disputes = client.v1().disputeManagement();
        var found = disputes.searchDisputes(SearchDisputesRequest.builder().disputeId(id).isOpen(true)
                .merchantScope(Merchants.of(account.credential("acquirer_id"), account.credential("merchant_id")))
                .pagination(PaginationRequest.builder().fromIndex(0).pageSize(20).build()).build());
        assertThat(found.disputes()).singleElement().satisfies(dispute -> {
            assertThat(dispute.disputeStatusCategory()).contains(DisputeStatusCategory.NEEDS_RESPONSE);
            assertThat(dispute.originalDisputeAmount()).contains(Money.of(200, "GBP"));
        });
        byte[] content = "%PDF-1.4 é".getBytes(StandardCharsets.UTF_8);
        String document = client.v1().disputeDocuments().uploadDisputeDocument(UploadableFile.of("receipt \"1\".pdf", "application/pdf", content))
                .documentId().orElseThrow();
        var won = disputes.submitEvidence(id, SubmitEvidenceRequest.builder().elaboration("winning_evidence").includeEntries(true)
                .documentIds(List.of(DisputeDocumentId.builder().documentId(document).build())).build()).dispute().orElseThrow();
        assertThat(won.disputeStatus()).contains(DisputeStatus.SUCCESSFUL_DEFENSE);
        var read = client.v1().disputeDocuments().getDisputeDocument(id, document);
        assertThat(read.content()).isEqualTo(content);
        assertThat(read.contentType()).contains("application/pdf");
        assertThat(read.fileName().orElseThrow()).startsWith("receipt ");
        assertThat(client.v1().disputeEntries().searchDisputeEntries(
                SearchDisputeEntriesRequest.builder().disputeId(id).includeDisputeSummary(true).build()).disputeEntries()).hasSize(3);
        assertThat(sandbox.movements(account)).contains("chargeback 200 gbp", "chargeback_reversal 200 gbp");
    }

    @Test
    @Order(1)
    void a_dispute_is_given_up() {
        String id = disputed();
        var disputes = client.v1().disputeManagement();
        disputes.acceptDisputeLiability(id, AcceptDisputeLiabilityRequest.builder().messageText("We are wrong").build());
        var lost = disputes.getDispute(id, GetDisputeParams.builder().includeEntries(true).build()).dispute().orElseThrow();
        assertThat(lost.disputeStatus()).contains(DisputeStatus.ACCEPTED);
        assertThat(lost.entries()).isNotEmpty();
        assertThatThrownBy(() -> disputes.getDispute("D9", null)).isInstanceOf(ReferenceException.class);
    }

    @Test
    @Order(2)
    void every_operation_has_been_answered_with_success() {
        assertThat(SUCCEEDED).containsAll(Stream.of(Operation.values()).map(Operation::id).collect(Collectors.toSet()));
    }
}
