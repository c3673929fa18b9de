package dev.bezant.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Card;
import com.stripe.model.Customer;
import com.stripe.model.PaymentSource;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import com.stripe.param.CustomerBalanceTransactionUpdateParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerPaymentSourceCreateParams;
import com.stripe.param.CustomerRetrieveParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.CustomerTaxIdCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.common.EmptyParam;
import com.stripe.service.V1Services;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Customers and what belongs to them, through Stripe's client for Java. */
abstract class StripeJavaCustomers {
    private final V1Services api = StripeClients.merchant().v1();

    @Test
    void customers_are_made_changed_cleared_found_and_deleted() throws StripeException {
        String email = UUID.randomUUID() + "@example.com";
        Customer made = api.customers().create(CustomerCreateParams.builder().setEmail(email).setName("Ona Petraite").putMetadata("vip", "yes")
                .setAddress(CustomerCreateParams.Address.builder().setCity("Vilnius").setCountry("LT").build())
                .setPaymentMethod("pm_card_visa").build());
        assertThat(made.getAddress().getCity()).isEqualTo("Vilnius");
        String method = api.customers().paymentMethods().list(made.getId()).getData().getFirst().getId();
        Customer updated = api.customers().update(made.getId(), CustomerUpdateParams.builder()
                .setInvoiceSettings(CustomerUpdateParams.InvoiceSettings.builder().setDefaultPaymentMethod(method).build())
                .setPhone("+37060000000").build());
        assertThat(updated.getInvoiceSettings().getDefaultPaymentMethod()).isEqualTo(method);
        Customer cleared = api.customers().update(made.getId(), CustomerUpdateParams.builder().setPhone("").setName(EmptyParam.EMPTY).build());
        assertThat(cleared.getPhone()).isNull();
        assertThat(cleared.getName()).isNull();
        assertThat(api.customers().retrieve(made.getId(), CustomerRetrieveParams.builder().addExpand("invoice_settings.default_payment_method").build())
                .getInvoiceSettings().getDefaultPaymentMethodObject().getCard().getLast4()).isEqualTo("4242");
        assertThat(api.customers().list(CustomerListParams.builder().setEmail(email).build()).getData()).hasSize(1);
        assertThat(api.customers().search(CustomerSearchParams.builder().setQuery("email:\"" + email + "\"").build()).getData())
                .extracting(Customer::getId).containsExactly(made.getId());
        assertThat(api.customers().delete(made.getId()).getDeleted()).isTrue();
        assertThat(api.customers().retrieve(made.getId()).getDeleted()).isTrue();
    }

    @Test
    void customers_have_tax_ids_and_a_balance() throws StripeException {
        String customer = api.customers().create().getId();
        var tax = api.customers().taxIds().create(customer, CustomerTaxIdCreateParams.builder()
                .setType(CustomerTaxIdCreateParams.Type.EU_VAT).setValue("LT123456789").build());
        assertThat(api.customers().taxIds().list(customer).getData()).hasSize(1);
        assertThat(api.customers().taxIds().retrieve(customer, tax.getId()).getValue()).isEqualTo("LT123456789");
        assertThat(api.customers().taxIds().delete(customer, tax.getId()).getDeleted()).isTrue();
        var credit = api.customers().balanceTransactions().create(customer, CustomerBalanceTransactionCreateParams.builder()
                .setAmount(-500L).setCurrency("eur").build());
        assertThat(credit.getEndingBalance()).isEqualTo(-500);
        assertThat(api.customers().balanceTransactions().list(customer).getData()).hasSize(1);
        assertThat(api.customers().balanceTransactions().update(customer, credit.getId(), CustomerBalanceTransactionUpdateParams.builder()
                .setDescription("A gift").build()).getDescription()).isEqualTo("A gift");
        assertThat(api.customers().balanceTransactions().retrieve(customer, credit.getId()).getAmount()).isEqualTo(-500);
        assertThat(api.customers().retrieve(customer).getBalance()).isEqualTo(-500);
    }

    @Test
    void cards_of_the_older_kind_are_kept_under_sources() throws StripeException {
        String customer = api.customers().create().getId();
        Card card = (Card) api.customers().paymentSources().create(customer, CustomerPaymentSourceCreateParams.builder().setSource("tok_visa").build());
        assertThat(card.getLast4()).isEqualTo("4242");
        assertThat(api.customers().retrieve(customer).getDefaultSource()).isEqualTo(card.getId());
        assertThat(api.customers().paymentSources().list(customer).getData()).extracting(PaymentSource::getId).containsExactly(card.getId());
        assertThat(((Card) api.customers().paymentSources().retrieve(customer, card.getId())).getCustomer()).isEqualTo(customer);
        assertThat(((Card) api.customers().paymentSources().delete(customer, card.getId())).getDeleted()).isTrue();
        assertThat(api.customers().retrieve(customer).getDefaultSource()).isNull();
    }

    @Test
    void there_are_no_discounts() throws StripeException {
        String customer = api.customers().create().getId();
        var refused = catchThrowableOfType(InvalidRequestException.class, () -> api.customers().deleteDiscount(customer));
        assertThat(refused.getStatusCode()).isEqualTo(404);
    }
}
