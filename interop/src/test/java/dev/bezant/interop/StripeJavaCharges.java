package dev.bezant.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.ChargeListParams;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.ChargeUpdateParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.RefundUpdateParams;
import com.stripe.service.V1Services;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Charges and refunds through Stripe's client for Java. */
abstract class StripeJavaCharges {
    private final V1Services api = StripeClients.merchant().v1();

    private PaymentIntent paid(long amount) throws StripeException {
        return api.paymentIntents().create(PaymentIntentCreateParams.builder().setAmount(amount).setCurrency("eur").setPaymentMethod("pm_card_visa")
                .setConfirm(true).build());
    }

    @Test
    void charges_are_listed_updated_and_expanded() throws StripeException {
        PaymentIntent paid = paid(1500);
        assertThat(api.charges().list(ChargeListParams.builder().setPaymentIntent(paid.getId()).build()).getData()).hasSize(1);
        Charge updated = api.charges().update(paid.getLatestCharge(), ChargeUpdateParams.builder()
                .setDescription("By hand").putMetadata("checked", "yes").build());
        assertThat(updated.getDescription()).isEqualTo("By hand");
        api.refunds().create(RefundCreateParams.builder().setCharge(paid.getLatestCharge()).setAmount(500L).build());
        Charge expanded = api.charges().retrieve(paid.getLatestCharge(), ChargeRetrieveParams.builder()
                .addExpand("refunds").addExpand("payment_intent").addExpand("balance_transaction").build());
        assertThat(expanded.getAmountRefunded()).isEqualTo(500);
        assertThat(expanded.getRefunds().getData()).hasSize(1);
        assertThat(expanded.getPaymentIntentObject().getId()).isEqualTo(paid.getId());
        assertThat(expanded.getBalanceTransactionObject().getAmount()).isEqualTo(1500);
    }

    @Test
    void refunds_are_made_read_updated_and_listed() throws StripeException {
        PaymentIntent paid = paid(2000);
        var part = api.refunds().create(RefundCreateParams.builder().setPaymentIntent(paid.getId()).setAmount(700L)
                .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER).putMetadata("why", "returned").build());
        assertThat(part.getStatus()).isEqualTo("succeeded");
        assertThat(part.getReason()).isEqualTo("requested_by_customer");
        assertThat(api.refunds().retrieve(part.getId()).getAmount()).isEqualTo(700);
        assertThat(api.refunds().update(part.getId(), RefundUpdateParams.builder().putMetadata("why", "broken").build()).getMetadata())
                .containsEntry("why", "broken");
        api.refunds().create(RefundCreateParams.builder().setPaymentIntent(paid.getId()).build());
        assertThat(api.refunds().list(RefundListParams.builder().setPaymentIntent(paid.getId()).build()).getData())
                .extracting(Refund::getAmount).containsExactly(1300L, 700L);
    }

    @Test
    void a_card_refund_cannot_be_taken_back_nor_made_twice() throws StripeException {
        PaymentIntent paid = paid(2000);
        Refund whole = api.refunds().create(RefundCreateParams.builder().setPaymentIntent(paid.getId()).build());
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> api.refunds().cancel(whole.getId())).getStatusCode()).isEqualTo(400);
        var again = catchThrowableOfType(InvalidRequestException.class,
                () -> api.refunds().create(RefundCreateParams.builder().setPaymentIntent(paid.getId()).build()));
        assertThat(again.getCode()).isEqualTo("charge_already_refunded");
    }

    @Test
    void a_refund_can_stay_pending() throws StripeException {
        PaymentIntent paid = api.paymentIntents().create(PaymentIntentCreateParams.builder().setAmount(1600L).setCurrency("eur")
                .setPaymentMethod("pm_card_pendingRefund").setConfirm(true).build());
        Refund refund = api.refunds().create(RefundCreateParams.builder().setPaymentIntent(paid.getId()).addExpand("charge").build());
        assertThat(refund.getStatus()).isEqualTo("pending");
        assertThat(refund.getChargeObject().getId()).isEqualTo(paid.getLatestCharge());
    }

    @Test
    void a_list_within_an_object_pages_by_its_own_address() throws StripeException {
        PaymentIntent paid = paid(1300);
        var made = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            made.addFirst(api.refunds().create(RefundCreateParams.builder().setPaymentIntent(paid.getId()).setAmount(100L).build()).getId());
        }
        Charge charge = api.charges().retrieve(paid.getLatestCharge(), ChargeRetrieveParams.builder().addExpand("refunds").build());
        assertThat(charge.getRefunds().getHasMore()).isTrue();
        assertThat(charge.getRefunds().autoPagingIterable()).extracting(Refund::getId).containsExactlyElementsOf(made);
    }
}
