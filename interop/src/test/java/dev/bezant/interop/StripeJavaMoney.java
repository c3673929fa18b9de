package dev.bezant.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.StripeException;
import com.stripe.model.Account;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.File;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Payout;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.BalanceTransactionRetrieveParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeRetrieveParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.FileCreateParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PayoutCreateParams;
import com.stripe.param.PayoutListParams;
import com.stripe.service.V1Services;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Balance, disputes and files through Stripe's client for Java. */
abstract class StripeJavaMoney {
    private static final byte[] PDF = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final V1Services api = StripeClients.merchant().v1();

    private PaymentIntent pay(String token, long amount) throws StripeException {
        return api.paymentIntents().create(PaymentIntentCreateParams.builder().setAmount(amount).setCurrency("eur").setPaymentMethod(token)
                .setConfirm(true).build());
    }

    @Test
    void what_was_earned_is_in_the_balance_and_its_transactions() throws StripeException {
        PaymentIntent paid = pay("pm_card_visa", 1700);
        List<BalanceTransaction> transactions = api.balanceTransactions().list(BalanceTransactionListParams.builder()
                .setSource(paid.getLatestCharge()).build()).getData();
        assertThat(transactions).hasSize(1);
        BalanceTransaction transaction = api.balanceTransactions().retrieve(transactions.getFirst().getId(),
                BalanceTransactionRetrieveParams.builder().addExpand("source").build());
        assertThat(transaction.getType()).isEqualTo("charge");
        assertThat(transaction.getNet()).isEqualTo(transaction.getAmount() - transaction.getFee());
        assertThat(transaction.getSourceObject()).isInstanceOf(Charge.class);
        assertThat(api.balance().retrieve().getAvailable()).anySatisfy(it -> assertThat(it.getCurrency()).isEqualTo("eur"));
        Account account = api.accounts().retrieveCurrent();
        assertThat(account.getId()).startsWith("acct_");
        assertThat(account.getChargesEnabled()).isTrue();
        assertThat(api.accounts().retrieve(account.getId()).getId()).isEqualTo(account.getId());
    }

    @Test
    void a_card_is_paid_out_to() throws StripeException {
        Payout made = api.payouts().create(PayoutCreateParams.builder().setAmount(1900L).setCurrency("eur").setDestination("pm_card_visa")
                .setDescription("Win").putMetadata("ticket", "7").build());
        assertThat(made.getStatus()).isEqualTo("paid");
        assertThat(made.getType()).isEqualTo("card");
        assertThat(made.getAutomatic()).isFalse();
        assertThat(made.getMetadata()).containsEntry("ticket", "7");
        Payout read = api.payouts().retrieve(made.getId());
        assertThat(read.getDestination()).isEqualTo(made.getDestination()).startsWith("pm_");
        assertThat(api.payouts().list(PayoutListParams.builder().setStatus("paid").setDestination(made.getDestination()).build()).getData())
                .extracting(Payout::getId).containsExactly(made.getId());
    }

    @Test
    void a_dispute_is_answered_with_a_file_and_won() throws StripeException {
        PaymentIntent paid = pay("pm_card_createDispute", 2100);
        Dispute dispute = await().atMost(PATIENCE).until(() -> api.disputes().list(DisputeListParams.builder()
                .setPaymentIntent(paid.getId()).build()).getData(), it -> !it.isEmpty()).getFirst();
        assertThat(dispute.getStatus()).isEqualTo("needs_response");
        assertThat(dispute.getReason()).isEqualTo("fraudulent");
        assertThat(dispute.getAmount()).isEqualTo(2100);
        File file = api.files().create(FileCreateParams.builder().setPurpose(FileCreateParams.Purpose.DISPUTE_EVIDENCE)
                .setFile(new ByteArrayInputStream(PDF)).build());
        assertThat(api.files().retrieve(file.getId()).getSize()).isEqualTo(PDF.length);
        assertThat(api.files().list().getData()).extracting(File::getId).contains(file.getId());
        Dispute answered = api.disputes().update(dispute.getId(), DisputeUpdateParams.builder()
                .setEvidence(DisputeUpdateParams.Evidence.builder().setReceipt(file.getId()).setUncategorizedText("winning_evidence").build())
                .setSubmit(true).build());
        assertThat(answered.getEvidence().getReceipt()).isEqualTo(file.getId());
        assertThat(answered.getEvidenceDetails().getSubmissionCount()).isEqualTo(1);
        Dispute won = await().atMost(PATIENCE).until(() -> api.disputes().retrieve(dispute.getId(), DisputeRetrieveParams.builder().addExpand("charge").build()),
                it -> it.getStatus().equals("won"));
        assertThat(won.getChargeObject().getDisputed()).isTrue();
        assertThat(won.getBalanceTransactions()).extracting(BalanceTransaction::getAmount).containsExactly(-2100L, 2100L);
    }

    @Test
    void a_dispute_is_given_up() throws StripeException {
        PaymentIntent other = pay("pm_card_createDisputeProductNotReceived", 2200);
        Dispute second = await().atMost(PATIENCE).until(() -> api.disputes().list(DisputeListParams.builder()
                .setCharge(other.getLatestCharge()).build()).getData(), it -> !it.isEmpty()).getFirst();
        assertThat(second.getReason()).isEqualTo("product_not_received");
        assertThat(api.disputes().close(second.getId()).getStatus()).isEqualTo("lost");
    }
}
