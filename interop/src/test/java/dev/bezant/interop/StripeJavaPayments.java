package dev.bezant.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.param.ChargeCaptureParams;
import com.stripe.param.ChargeSearchParams;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentIncrementAuthorizationParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.PaymentIntentUpdateParams;
import com.stripe.param.common.EmptyParam;
import com.stripe.service.V1Services;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Payment intents through Stripe's client for Java. */
abstract class StripeJavaPayments {
    private final StripeClient client = StripeClients.merchant();
    private final V1Services api = client.v1();

    private PaymentIntentCreateParams.Builder eur(long amount) {
        return PaymentIntentCreateParams.builder().setAmount(amount).setCurrency("eur");
    }

    private PaymentIntent paid(long amount) throws StripeException {
        return api.paymentIntents().create(eur(amount).setPaymentMethod("pm_card_visa").setConfirm(true)
                .setAutomaticPaymentMethods(PaymentIntentCreateParams.AutomaticPaymentMethods.builder().setEnabled(true)
                        .setAllowRedirects(PaymentIntentCreateParams.AutomaticPaymentMethods.AllowRedirects.NEVER).build())
                .build());
    }

    @Test
    void a_payment_in_one_call_is_typed_to_the_last_member() throws StripeException {
        PaymentIntent paid = paid(1999);
        assertThat(paid.getStatus()).isEqualTo("succeeded");
        assertThat(paid.getAmountReceived()).isEqualTo(1999);
        assertThat(paid.getClientSecret()).startsWith(paid.getId() + "_secret_");
        assertThat(paid.getLivemode()).isFalse();
        assertThat(paid.getLastResponse().requestId()).startsWith("req_");
        Charge charge = api.charges().retrieve(paid.getLatestCharge());
        assertThat(charge.getPaid()).isTrue();
        assertThat(charge.getCaptured()).isTrue();
        assertThat(charge.getPaymentMethod()).isEqualTo(paid.getPaymentMethod());
        assertThat(charge.getPaymentMethodDetails().getCard().getLast4()).isEqualTo("4242");
        assertThat(charge.getOutcome().getNetworkStatus()).isEqualTo("approved_by_network");
        assertThat(charge.getReceiptUrl()).startsWith("http");
    }

    @Test
    void step_by_step_with_updates_and_metadata() throws StripeException {
        PaymentIntent intent = api.paymentIntents().create(eur(4200).setDescription("Order 1").putMetadata("order", "1").build());
        assertThat(intent.getStatus()).isEqualTo("requires_payment_method");
        PaymentIntent updated = api.paymentIntents().update(intent.getId(), PaymentIntentUpdateParams.builder()
                .setAmount(4700L).putMetadata("size", "L").setStatementDescriptorSuffix("BOOKS").build());
        assertThat(updated.getAmount()).isEqualTo(4700);
        assertThat(updated.getMetadata()).containsEntry("order", "1").containsEntry("size", "L");
        PaymentIntent confirmed = api.paymentIntents().confirm(intent.getId(), PaymentIntentConfirmParams.builder()
                .setPaymentMethod("pm_card_mastercard").setReturnUrl("https://shop.example/back").build());
        assertThat(confirmed.getStatus()).isEqualTo("succeeded");
        assertThat(api.paymentIntents().retrieve(intent.getId(), PaymentIntentRetrieveParams.builder()
                .addExpand("latest_charge").addExpand("payment_method").addExpand("customer").build()).getLatestChargeObject().getAmount()).isEqualTo(4700);
    }

    @Test
    void an_authorization_is_captured_in_part_or_canceled() throws StripeException {
        PaymentIntentCreateParams.Builder manual = eur(3000).setPaymentMethod("pm_card_visa").setConfirm(true)
                .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL).addPaymentMethodType("card");
        PaymentIntent held = api.paymentIntents().create(manual.build());
        assertThat(held.getStatus()).isEqualTo("requires_capture");
        assertThat(held.getAmountCapturable()).isEqualTo(3000);
        assertThat(api.paymentIntents().capture(held.getId(), PaymentIntentCaptureParams.builder().setAmountToCapture(2500L).build())
                .getAmountReceived()).isEqualTo(2500);
        PaymentIntent other = api.paymentIntents().create(manual.build());
        PaymentIntent canceled = api.paymentIntents().cancel(other.getId(), PaymentIntentCancelParams.builder()
                .setCancellationReason(PaymentIntentCancelParams.CancellationReason.REQUESTED_BY_CUSTOMER).build());
        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThat(canceled.getCancellationReason()).isEqualTo("requested_by_customer");
        PaymentIntent third = api.paymentIntents().create(manual.build());
        assertThat(api.charges().capture(third.getLatestCharge(), ChargeCaptureParams.builder().setAmount(1000L).build()).getAmountCaptured())
                .isEqualTo(1000);
    }

    @Test
    void a_challenge_is_a_typed_next_action() throws StripeException {
        PaymentIntent waiting = api.paymentIntents().create(eur(1500).setPaymentMethod("pm_card_threeDSecure2Required").setConfirm(true)
                .setReturnUrl("https://shop.example/back").build());
        assertThat(waiting.getStatus()).isEqualTo("requires_action");
        assertThat(waiting.getNextAction().getType()).isEqualTo("redirect_to_url");
        assertThat(waiting.getNextAction().getRedirectToUrl().getUrl()).startsWith("http");
        assertThat(waiting.getNextAction().getRedirectToUrl().getReturnUrl()).isEqualTo("https://shop.example/back");
        assertThat(api.paymentIntents().cancel(waiting.getId()).getStatus()).isEqualTo("canceled");
    }

    @Test
    void a_card_in_the_request_is_kept_for_its_customer() throws StripeException {
        String customer = api.customers().create().getId();
        PaymentIntent paid = api.paymentIntents().create(eur(900).setCustomer(customer).setConfirm(true)
                .setSetupFutureUsage(PaymentIntentCreateParams.SetupFutureUsage.OFF_SESSION)
                .setPaymentMethodData(PaymentIntentCreateParams.PaymentMethodData.builder()
                        // This client has no type for a card here, but lets it through.
                        .putExtraParam("type", "card")
                        .putExtraParam("card", Map.of("number", "4242424242424242", "exp_month", 12, "exp_year", 2035, "cvc", "123"))
                        .build())
                .build());
        assertThat(paid.getStatus()).isEqualTo("succeeded");
        PaymentIntent later = api.paymentIntents().create(eur(700).setCustomer(customer).setPaymentMethod(paid.getPaymentMethod())
                .setConfirm(true).setOffSession(true).build());
        assertThat(later.getStatus()).isEqualTo("succeeded");
    }

    @Test
    void lists_page_by_themselves_and_are_read_backwards() throws StripeException {
        String customer = api.customers().create().getId();
        var made = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            made.addFirst(api.paymentIntents().create(eur(1000 + i).setCustomer(customer).build()).getId());
        }
        var seen = new ArrayList<String>();
        for (PaymentIntent intent : api.paymentIntents().list(PaymentIntentListParams.builder().setCustomer(customer).setLimit(3L).build())
                .autoPagingIterable()) {
            seen.add(intent.getId());
        }
        assertThat(seen).isEqualTo(made);
        assertThat(api.paymentIntents().list(PaymentIntentListParams.builder().setCustomer(customer).setLimit(3L).setEndingBefore(made.getLast()).build())
                .getData()).extracting(PaymentIntent::getId).containsExactlyElementsOf(made.subList(3, 6));
    }

    @Test
    void intents_and_charges_are_searched() throws StripeException {
        String mark = UUID.randomUUID().toString();
        PaymentIntent paid = api.paymentIntents().create(eur(1234).setPaymentMethod("pm_card_visa").setConfirm(true).putMetadata("mark", mark).build());
        var found = api.paymentIntents().search(PaymentIntentSearchParams.builder()
                .setQuery("status:\"succeeded\" AND metadata[\"mark\"]:\"" + mark + "\"").build());
        assertThat(found.getData()).extracting(PaymentIntent::getId).containsExactly(paid.getId());
        var ids = new ArrayList<String>();
        for (Charge charge : api.charges().search(ChargeSearchParams.builder().setQuery("amount:1234").setLimit(1L).build()).autoPagingIterable()) {
            ids.add(charge.getId());
        }
        assertThat(ids).contains(paid.getLatestCharge());
    }

    @Test
    void an_empty_value_unsets_and_null_changes_nothing() throws StripeException {
        PaymentIntent intent = api.paymentIntents().create(eur(1000).setDescription("Order 2").putMetadata("a", "1").putMetadata("b", "2").build());
        PaymentIntent one = api.paymentIntents().update(intent.getId(), PaymentIntentUpdateParams.builder().putMetadata("a", "").build());
        assertThat(one.getMetadata()).containsExactly(Map.entry("b", "2"));
        assertThat(one.getDescription()).isEqualTo("Order 2");
        PaymentIntent none = api.paymentIntents().update(intent.getId(), PaymentIntentUpdateParams.builder().setMetadata(EmptyParam.EMPTY)
                .setDescription(EmptyParam.EMPTY).build());
        assertThat(none.getMetadata()).isEmpty();
        assertThat(none.getDescription()).isNull();
    }

    @Test
    void amounts_are_whole_units_of_their_currency_and_lists_are_filtered_by_time() throws StripeException {
        PaymentIntent yen = api.paymentIntents().create(PaymentIntentCreateParams.builder().setAmount(500L).setCurrency("jpy")
                .setPaymentMethod("pm_card_jcb").setConfirm(true).setReceiptEmail("ona@example.com").build());
        assertThat(yen.getAmountReceived()).isEqualTo(500);
        assertThat(yen.getCurrency()).isEqualTo("jpy");
        assertThat(yen.getReceiptEmail()).isEqualTo("ona@example.com");
        var since = PaymentIntentListParams.Created.builder().setGte(yen.getCreated()).build();
        assertThat(api.paymentIntents().list(PaymentIntentListParams.builder().setCreated(since).addExpand("data.latest_charge").build()).getData())
                .filteredOn(it -> it.getId().equals(yen.getId())).singleElement()
                .satisfies(it -> assertThat(it.getLatestChargeObject().getCurrency()).isEqualTo("jpy"));
        var before = PaymentIntentListParams.Created.builder().setLt(yen.getCreated()).build();
        assertThat(api.paymentIntents().list(PaymentIntentListParams.builder().setCreated(before).setLimit(100L).build()).getData())
                .extracting(PaymentIntent::getId).doesNotContain(yen.getId());
    }

    @Test
    void what_no_provider_can_do_is_refused_with_words() throws StripeException {
        PaymentIntent held = api.paymentIntents().create(eur(1000).setPaymentMethod("pm_card_visa").setConfirm(true)
                .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL).build());
        var more = catchThrowableOfType(InvalidRequestException.class, () -> api.paymentIntents().incrementAuthorization(held.getId(),
                PaymentIntentIncrementAuthorizationParams.builder().setAmount(1200L).build()));
        assertThat(more.getStatusCode()).isEqualTo(400);
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> api.paymentIntents().applyCustomerBalance(held.getId())).getStatusCode())
                .isEqualTo(400);
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> api.paymentIntents().verifyMicrodeposits(held.getId())).getStatusCode())
                .isEqualTo(400);
        assertThat(api.paymentIntents().amountDetailsLineItems().list(held.getId()).getData()).isEmpty();
    }
}
