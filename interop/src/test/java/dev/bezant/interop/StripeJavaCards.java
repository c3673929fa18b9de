package dev.bezant.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Mandate;
import com.stripe.model.PaymentMethod;
import com.stripe.model.SetupIntent;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PaymentMethodCreateParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.PaymentMethodUpdateParams;
import com.stripe.param.SetupIntentCancelParams;
import com.stripe.param.SetupIntentConfirmParams;
import com.stripe.param.SetupIntentCreateParams;
import com.stripe.param.SetupIntentListParams;
import com.stripe.param.SetupIntentUpdateParams;
import com.stripe.service.V1Services;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Payment methods and setup intents through Stripe's client for Java. */
abstract class StripeJavaCards {
    private final V1Services api = StripeClients.merchant().v1();

    @Test
    void payment_methods_are_made_attached_changed_listed_and_detached() throws StripeException {
        PaymentMethod made = api.paymentMethods().create(PaymentMethodCreateParams.builder().setType(PaymentMethodCreateParams.Type.CARD)
                .setCard(PaymentMethodCreateParams.CardDetails.builder().setNumber("5555555555554444").setExpMonth(12L).setExpYear(2035L).setCvc("123").build())
                .setBillingDetails(PaymentMethodCreateParams.BillingDetails.builder().setName("Ona Petraite").setEmail("ona@example.com").build())
                .build());
        assertThat(made.getCard().getBrand()).isEqualTo("mastercard");
        assertThat(made.getBillingDetails().getName()).isEqualTo("Ona Petraite");
        String customer = api.customers().create().getId();
        assertThat(api.paymentMethods().attach(made.getId(), PaymentMethodAttachParams.builder().setCustomer(customer).build()).getCustomer())
                .isEqualTo(customer);
        assertThat(api.paymentMethods().update(made.getId(), PaymentMethodUpdateParams.builder().putMetadata("a", "b").build()).getMetadata())
                .containsEntry("a", "b");
        assertThat(api.paymentMethods().list(PaymentMethodListParams.builder().setCustomer(customer).setType(PaymentMethodListParams.Type.CARD).build())
                .getData()).extracting(PaymentMethod::getId).containsExactly(made.getId());
        assertThat(api.customers().paymentMethods().list(customer).getData()).hasSize(1);
        assertThat(api.customers().paymentMethods().retrieve(customer, made.getId()).getCard().getLast4()).isEqualTo("4444");
        assertThat(api.paymentMethods().retrieve(made.getId()).getCustomer()).isEqualTo(customer);
        assertThat(api.paymentMethods().detach(made.getId()).getCustomer()).isNull();
    }

    @Test
    void setup_intents_go_all_their_ways() throws StripeException {
        String customer = api.customers().create().getId();
        SetupIntent done = api.setupIntents().create(SetupIntentCreateParams.builder().setCustomer(customer).setPaymentMethod("pm_card_visa")
                .setConfirm(true).setUsage(SetupIntentCreateParams.Usage.OFF_SESSION).build());
        assertThat(done.getStatus()).isEqualTo("succeeded");
        assertThat(done.getUsage()).isEqualTo("off_session");
        SetupIntent open = api.setupIntents().create(SetupIntentCreateParams.builder().putMetadata("a", "b").build());
        assertThat(api.setupIntents().update(open.getId(), SetupIntentUpdateParams.builder().setDescription("later").build()).getDescription())
                .isEqualTo("later");
        SetupIntent waiting = api.setupIntents().confirm(open.getId(), SetupIntentConfirmParams.builder()
                .setPaymentMethod("pm_card_authenticationRequired").setReturnUrl("https://shop.example/kept").build());
        assertThat(waiting.getNextAction().getRedirectToUrl().getUrl()).startsWith("http");
        assertThat(api.setupIntents().cancel(open.getId(), SetupIntentCancelParams.builder()
                .setCancellationReason(SetupIntentCancelParams.CancellationReason.ABANDONED).build()).getStatus()).isEqualTo("canceled");
        assertThat(api.setupIntents().retrieve(done.getId()).getPaymentMethod()).isEqualTo(done.getPaymentMethod());
        assertThat(api.setupIntents().list(SetupIntentListParams.builder().setCustomer(customer).build()).getData()).hasSize(1);
        assertThat(List.of(done.getId(), open.getId())).allMatch(id -> id.startsWith("seti_"));
    }

    @Test
    void a_payers_consent_is_a_mandate() throws StripeException {
        SetupIntent kept = api.setupIntents().create(SetupIntentCreateParams.builder().setCustomer(api.customers().create().getId())
                .setPaymentMethod("pm_card_visa").setConfirm(true).setMandateData(SetupIntentCreateParams.MandateData.builder()
                        .setCustomerAcceptance(SetupIntentCreateParams.MandateData.CustomerAcceptance.builder()
                                .setType(SetupIntentCreateParams.MandateData.CustomerAcceptance.Type.ONLINE)
                                .setOnline(SetupIntentCreateParams.MandateData.CustomerAcceptance.Online.builder().setIpAddress("203.0.113.9")
                                        .setUserAgent("UA").build()).build()).build()).build());
        Mandate mandate = api.mandates().retrieve(kept.getMandate());
        assertThat(mandate.getStatus()).isEqualTo("active");
        assertThat(mandate.getPaymentMethod()).isEqualTo(kept.getPaymentMethod());
        assertThat(mandate.getCustomerAcceptance().getOnline().getIpAddress()).isEqualTo("203.0.113.9");
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> api.setupIntents().verifyMicrodeposits(kept.getId())).getStatusCode())
                .isEqualTo(400);
    }
}
