package dev.bezant.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.RefundCreateParams;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Idempotency keys, retries and options of a call, through Stripe's client for Java. */
abstract class StripeJavaRepeats {
    private final StripeClient client = StripeClients.merchant();

    private static PaymentIntentCreateParams payment() {
        return PaymentIntentCreateParams.builder().setAmount(1100L).setCurrency("eur").setPaymentMethod("pm_card_visa").setConfirm(true).build();
    }

    @Test
    void a_repeat_with_the_same_key_is_the_same_object() throws StripeException {
        String orderId = UUID.randomUUID().toString();
        RequestOptions options = RequestOptions.builder().setIdempotencyKey("pay-" + orderId).build();
        PaymentIntent first = client.v1().paymentIntents().create(payment(), options);
        PaymentIntent again = client.v1().paymentIntents().create(payment(), options);
        assertThat(again.getId()).isEqualTo(first.getId());
        assertThat(again.getLatestCharge()).isEqualTo(first.getLatestCharge());
        assertThat(again.getLastResponse().idempotencyKey()).isEqualTo(options.getIdempotencyKey());
        assertThat(again.getLastResponse().headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.getLastResponse().requestId()).isNotEqualTo(first.getLastResponse().requestId());
    }

    @Test
    void an_answer_that_was_lost_is_fetched_by_the_clients_own_retry() throws StripeException, IOException {
        String customer = client.v1().customers().create().getId();
        try (var line = CutLine.to(BezantProcess.shared().url())) {
            StripeClient cut = StripeClients.at(line.url(), BezantProcess.shared().secretKey());
            PaymentIntent paid = cut.v1().paymentIntents().create(PaymentIntentCreateParams.builder().setAmount(1200L).setCurrency("eur")
                    .setCustomer(customer).setPaymentMethod("pm_card_visa").setConfirm(true).build());
            assertThat(line.connections()).isEqualTo(2);
            assertThat(paid.getStatus()).isEqualTo("succeeded");
            assertThat(paid.getLastResponse().headers().firstValue("Idempotent-Replayed")).contains("true");
        }
        assertThat(client.v1().paymentIntents().list(PaymentIntentListParams.builder().setCustomer(customer).build()).getData()).hasSize(1);
    }

    @Test
    void a_call_has_its_own_key_address_and_account() throws StripeException {
        var bezant = BezantProcess.shared();
        StripeClient nobody = StripeClients.at("http://127.0.0.1:1", "sk_test_none");
        String account = client.v1().accounts().retrieveCurrent().getId();
        Customer made = nobody.v1().customers().create(CustomerCreateParams.builder().setName("Zoë [€] & ключ").putMetadata("a b", "c=d&e").build(),
                RequestOptions.builder().setApiKey(bezant.secretKey()).setBaseUrl(bezant.url()).setStripeAccount(account).build());
        assertThat(made.getName()).isEqualTo("Zoë [€] & ключ");
        assertThat(made.getMetadata()).containsEntry("a b", "c=d&e");
    }

    @Test
    void the_version_that_a_client_is_made_for_comes_back() throws StripeException {
        assertThat(client.v1().balance().retrieve().getLastResponse().headers().firstValue("Stripe-Version")).contains(Stripe.API_VERSION);
    }

    @Test
    void the_older_static_calls_work_too() throws StripeException {
        String url = BezantProcess.shared().url();
        String key = BezantProcess.shared().secretKey();
        Stripe.apiKey = key;
        Stripe.overrideApiBase(url);
        Stripe.overrideUploadBase(url);
        PaymentIntent paid = PaymentIntent.create(payment());
        assertThat(paid.getStatus()).isEqualTo("succeeded");
        Refund refund = Refund.create(RefundCreateParams.builder().setPaymentIntent(paid.getId()).build());
        assertThat(Charge.retrieve(refund.getCharge()).getRefunded()).isTrue();
    }
}
