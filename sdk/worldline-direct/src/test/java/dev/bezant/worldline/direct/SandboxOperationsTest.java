package dev.bezant.worldline.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.worldline.direct.SandboxProcess.Merchant;
import dev.bezant.worldline.direct.model.AuthorizationMode;
import dev.bezant.worldline.direct.model.BankAccountIban;
import dev.bezant.worldline.direct.model.BatchMetadata;
import dev.bezant.worldline.direct.model.CalculateSurchargeRequest;
import dev.bezant.worldline.direct.model.CancelPaymentRequest;
import dev.bezant.worldline.direct.model.CapturePaymentRequest;
import dev.bezant.worldline.direct.model.CardDataWithoutCvv;
import dev.bezant.worldline.direct.model.CardInfo;
import dev.bezant.worldline.direct.model.CardPayoutMethodSpecificInput;
import dev.bezant.worldline.direct.model.CardSource;
import dev.bezant.worldline.direct.model.CompletePaymentRequest;
import dev.bezant.worldline.direct.model.CreateHostedCheckoutRequest;
import dev.bezant.worldline.direct.model.CreateHostedFieldsSessionRequest;
import dev.bezant.worldline.direct.model.CreateHostedTokenizationRequest;
import dev.bezant.worldline.direct.model.CreateMandateRequest;
import dev.bezant.worldline.direct.model.CreatePaymentLinkRequest;
import dev.bezant.worldline.direct.model.CreatePaymentRequest;
import dev.bezant.worldline.direct.model.CreatePayoutRequest;
import dev.bezant.worldline.direct.model.CreateTokenRequest;
import dev.bezant.worldline.direct.model.CredentialsResult;
import dev.bezant.worldline.direct.model.CsrRequest;
import dev.bezant.worldline.direct.model.CurrencyConversionRequest;
import dev.bezant.worldline.direct.model.DccCardSource;
import dev.bezant.worldline.direct.model.ExpiryDate;
import dev.bezant.worldline.direct.model.GetIINDetailsRequest;
import dev.bezant.worldline.direct.model.GetPaymentProductNetworksParams;
import dev.bezant.worldline.direct.model.GetPaymentProductParams;
import dev.bezant.worldline.direct.model.GetPaymentProductsParams;
import dev.bezant.worldline.direct.model.GetPrivacyPolicyParams;
import dev.bezant.worldline.direct.model.GetProductDirectoryParams;
import dev.bezant.worldline.direct.model.GetProductGroupParams;
import dev.bezant.worldline.direct.model.GetProductGroupsParams;
import dev.bezant.worldline.direct.model.HostedCheckoutSpecificInput;
import dev.bezant.worldline.direct.model.HostedCheckoutStatus;
import dev.bezant.worldline.direct.model.ImportCofSeriesRequest;
import dev.bezant.worldline.direct.model.IncrementAuthorizationRequest;
import dev.bezant.worldline.direct.model.LocaleCode;
import dev.bezant.worldline.direct.model.MandateAddress;
import dev.bezant.worldline.direct.model.MandateContactDetails;
import dev.bezant.worldline.direct.model.MandateCustomer;
import dev.bezant.worldline.direct.model.MandateLanguage;
import dev.bezant.worldline.direct.model.MandatePersonalInformation;
import dev.bezant.worldline.direct.model.MandatePersonalName;
import dev.bezant.worldline.direct.model.Money;
import dev.bezant.worldline.direct.model.NextAction;
import dev.bezant.worldline.direct.model.Order;
import dev.bezant.worldline.direct.model.PaymentLinkStatus;
import dev.bezant.worldline.direct.model.PaymentProductIds;
import dev.bezant.worldline.direct.model.PaymentProductSession302SpecificInput;
import dev.bezant.worldline.direct.model.PaymentProductSessionRequest;
import dev.bezant.worldline.direct.model.PaymentResponse;
import dev.bezant.worldline.direct.model.PaymentStatus;
import dev.bezant.worldline.direct.model.RecurrenceType;
import dev.bezant.worldline.direct.model.RedirectPaymentMethodSpecificInput;
import dev.bezant.worldline.direct.model.RedirectPaymentProduct3203SpecificInput;
import dev.bezant.worldline.direct.model.RedirectionData;
import dev.bezant.worldline.direct.model.RefundRequest;
import dev.bezant.worldline.direct.model.RevocationReason;
import dev.bezant.worldline.direct.model.RevokeMandateRequest;
import dev.bezant.worldline.direct.model.SendTestRequest;
import dev.bezant.worldline.direct.model.SessionRequest;
import dev.bezant.worldline.direct.model.SignatureType;
import dev.bezant.worldline.direct.model.SubmitBatchRequestBody;
import dev.bezant.worldline.direct.model.SubsequentCardPaymentMethodSpecificInput;
import dev.bezant.worldline.direct.model.SubsequentPaymentRequest;
import dev.bezant.worldline.direct.model.SubsequentType;
import dev.bezant.worldline.direct.model.SurchargeCalculationCard;
import dev.bezant.worldline.direct.model.TokenCardSpecificInput;
import dev.bezant.worldline.direct.model.TokenData;
import dev.bezant.worldline.direct.model.Transaction;
import dev.bezant.worldline.direct.model.UpdateAuthorizationAdditionalDataRequest;
import dev.bezant.worldline.direct.webhook.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every operation against the built sandbox, and in the end that none was left out. */
@TestMethodOrder(OrderAnnotation.class)
class SandboxOperationsTest {
    private static final LocaleCode ENGLISH = LocaleCode.of("en_GB");
    private static final Order ORDER = Order.builder().amountOfMoney(Money.of(1000, "EUR")).build();
    private static final Set<String> CALLED = new ConcurrentSkipListSet<>();
    private static SandboxProcess sandbox;
    private static Merchant account;
    private static DirectClient client;
    private static MerchantClient merchant;

    @BeforeAll
    static void start() throws IOException {
        sandbox = SandboxProcess.start();
        account = sandbox.merchant("{}");
        client = account.client().observer(attempt -> {
            if (attempt.status() / 100 == 2) {
                CALLED.add(attempt.operation());
            }
        }).build();
        merchant = client.merchant(account.credential("merchant_id"));
    }

    @AfterAll
    static void stop() {
        client.close();
        sandbox.close();
    }

    @Test
    void payments_and_what_is_done_with_them() {
        var request = SandboxTest.payment(SandboxTest.VISA, 1000);
        var input = request.cardPaymentMethodSpecificInput().orElseThrow().toBuilder().authorizationMode(AuthorizationMode.PRE_AUTHORIZATION).build();
        String id = merchant.payments().createPayment(request.toBuilder().cardPaymentMethodSpecificInput(input).build())
                .payment().flatMap(PaymentResponse::id).orElseThrow();
        merchant.preAuthorization().incrementAuthorization(id, IncrementAuthorizationRequest.builder()
                .otherField("amountOfMoney", Map.of("amount", 500, "currencyCode", "EUR")).build());
        merchant.preAuthorization().addAuthorizationDetails(id, UpdateAuthorizationAdditionalDataRequest.builder().build());
        assertThat(merchant.payments().getPayment(id).paymentOutput().orElseThrow().amountOfMoney()).contains(Money.of(1500, "EUR"));
        assertThat(merchant.payments().cancelPayment(id, CancelPaymentRequest.builder().build()).payment()).isPresent();
        String captured = authorized();
        assertThat(merchant.payments().capturePayment(captured, CapturePaymentRequest.builder().build()).id()).isPresent();
        var refund = merchant.payments().refundPayment(captured, RefundRequest.builder().amountOfMoney(Money.of(100, "EUR")).build());
        assertThat(refund.isDeclined()).isFalse();
        assertThat(merchant.payments().getPaymentDetails(captured).operations()).isNotEmpty();
        assertThat(merchant.captures().getCaptures(captured).captures()).hasSize(1);
        assertThat(merchant.refunds().getRefunds(captured).refunds()).hasSize(1);
    }

    @Test
    void payments_that_follow_and_payments_that_are_completed() {
        String first = authorized();
        String token = token();
        var next = merchant.subsequent().subsequentPayment(first, SubsequentPaymentRequest.builder().order(ORDER)
                .subsequentCardPaymentMethodSpecificInput(SubsequentCardPaymentMethodSpecificInput.builder()
                        .subsequentType(SubsequentType.UNSCHEDULED).token(token).build()).build());
        assertThat(next.payment().flatMap(PaymentResponse::id)).isPresent();
        var begun = merchant.payments().createPayment(CreatePaymentRequest.builder().order(ORDER)
                .redirectPaymentMethodSpecificInput(RedirectPaymentMethodSpecificInput.builder()
                        .paymentProductId(PaymentProductIds.POSTFINANCE_PAY)
                        .paymentProduct3203SpecificInput(RedirectPaymentProduct3203SpecificInput.builder().checkoutType("expressCheckout").build())
                        .redirectionData(RedirectionData.builder().returnUrl("https://shop.example/back").build())
                        .build()).build());
        String id = begun.payment().flatMap(PaymentResponse::id).orElseThrow();
        URI bank = ((NextAction.Redirect) begun.nextAction()).address();
        SandboxProcess.exchange(HttpRequest.newBuilder(URI.create(bank + (bank.getRawQuery() == null ? "?" : "&") + "auto=pass")).GET());
        assertThat(merchant.payments().getPayment(id).status()).contains(PaymentStatus.PENDING_COMPLETION);
        var completed = merchant.complete().completePayment(id, CompletePaymentRequest.builder().order(ORDER).build());
        assertThat(completed.payment().flatMap(PaymentResponse::status)).isPresent();
    }

    @Test
    void pages() {
        var checkout = merchant.hostedCheckout().createHostedCheckout(CreateHostedCheckoutRequest.builder().order(ORDER)
                .hostedCheckoutSpecificInput(HostedCheckoutSpecificInput.builder().returnUrl("https://shop.example/back").locale(ENGLISH).build())
                .build());
        assertThat(checkout.pageUrl()).isPresent();
        assertThat(checkout.returnMac()).isPresent();
        assertThat(merchant.hostedCheckout().getHostedCheckout(checkout.hostedCheckoutId().orElseThrow()).status())
                .contains(HostedCheckoutStatus.IN_PROGRESS);
        var form = merchant.hostedTokenization().createHostedTokenization(
                CreateHostedTokenizationRequest.builder().locale(ENGLISH).tokens("1,2").build());
        assertThat(form.invalidTokens()).containsExactly("1", "2");
        assertThat(form.formUrl()).isPresent();
        merchant.hostedTokenization().getHostedTokenization(form.hostedTokenizationId().orElseThrow());
        var fields = merchant.hostedFields().createHostedFieldsSession(CreateHostedFieldsSessionRequest.builder().locale(ENGLISH).build());
        String session = fields.sessionData().flatMap(data -> data.hostedFieldsSessionId()).orElseThrow();
        assertThat(merchant.hostedFields().getHostedFieldsSession(session).sessionId()).contains(session);
        assertThatThrownBy(() -> merchant.hostedFields().getHostedFieldsSession("unknown")).isInstanceOf(ReferenceException.class);
    }

    @Test
    void payouts() {
        var payout = merchant.payouts().createPayout(CreatePayoutRequest.builder().amountOfMoney(Money.of(1000, "EUR"))
                .cardPayoutMethodSpecificInput(CardPayoutMethodSpecificInput.builder().paymentProductId(PaymentProductIds.VISA)
                        .card(SandboxTest.card(SandboxTest.VISA)).build()).build());
        assertThat(merchant.payouts().getPayout(payout.id().orElseThrow()).isPaidOut()).isTrue();
    }

    @Test
    void products() {
        var products = merchant.products().getPaymentProducts(
                GetPaymentProductsParams.builder().countryCode("BE").currencyCode("EUR").hide(List.of("fields")).build());
        assertThat(products.paymentProducts()).isNotEmpty();
        assertThat(merchant.products().getPaymentProduct(PaymentProductIds.VISA, GetPaymentProductParams.builder().countryCode("BE")
                .currencyCode("EUR").build()).fields()).isNotEmpty();
        assertThat(merchant.products().getPaymentProductNetworks(PaymentProductIds.GOOGLE_PAY, GetPaymentProductNetworksParams.builder()
                .countryCode("BE").currencyCode("EUR").build()).networks()).isNotEmpty();
        assertThat(merchant.products().getProductDirectory(PaymentProductIds.IDEAL, GetProductDirectoryParams.builder().countryCode("NL")
                .currencyCode("EUR").build()).entries()).isNotEmpty();
        var session = merchant.products().createPaymentProductSession(PaymentProductIds.APPLE_PAY, PaymentProductSessionRequest.builder()
                .paymentProductSession302SpecificInput(PaymentProductSession302SpecificInput.builder().displayName("Shop").domainName("shop.example")
                        .build()).build());
        assertThat(session.paymentProductSession302SpecificOutput()).isPresent();
        assertThat(merchant.productGroups().getProductGroups(GetProductGroupsParams.builder().countryCode("BE").currencyCode("EUR").build())
                .paymentProductGroups()).isNotEmpty();
        assertThat(merchant.productGroups().getProductGroup("cards", GetProductGroupParams.builder().countryCode("BE").currencyCode("EUR").build())
                .id()).contains("Cards");
    }

    @Test
    void tokens_and_sessions() {
        String token = token();
        assertThat(merchant.tokens().getToken(token).id()).contains(token);
        assertThat(merchant.sessions().createSession(SessionRequest.builder().tokens(List.of(token, "1")).build()).invalidTokens())
                .containsExactly("1");
        merchant.tokens().deleteToken(token);
        assertThatThrownBy(() -> merchant.tokens().getToken(token)).isInstanceOf(ReferenceException.class);
        var series = merchant.cofSeries().importCofSeries(ImportCofSeriesRequest.builder().paymentProductId(PaymentProductIds.VISA)
                .currencyCode("EUR").schemeReferenceData("1234567890123").card(CardDataWithoutCvv.builder()
                        .cardNumber(SecretText.of(SandboxTest.VISA)).cardholderName("A B").expiryDate(ExpiryDate.of(12, 2035)).build()).build());
        assertThat(series.paymentId()).isPresent();
    }

    @Test
    void card_data_for_moving_elsewhere(@TempDir Path folder) throws Exception {
        var certificate = merchant.tokenization().createCertificate(CsrRequest.builder().csr(signingRequest(folder)).build());
        assertThat(certificate.signedCertificate()).isPresent();
        String token = token();
        assertThat(merchant.tokenization().getCardDataByTokens(List.of(token)).tokens()).hasSize(1);
        assertThat(merchant.tokenization().getCardDataByPayments(List.of(authorized())).tokens()).hasSize(1);
    }

    @Test
    void services() {
        assertThat(merchant.services().testConnection().result()).contains("OK");
        assertThat(merchant.services().getIINDetails(GetIINDetailsRequest.builder().bin("401200").build()).paymentProductId()).contains(1);
        var conversion = merchant.services().getDccRateInquiry(CurrencyConversionRequest.builder()
                .cardSource(DccCardSource.builder().card(CardInfo.builder().cardNumber(SecretText.of(SandboxTest.VISA)).paymentProductId(1).build())
                        .build())
                .transaction(Transaction.builder().amount(Money.of(1000, "EUR")).build()).build());
        assertThat(conversion.result()).isPresent();
        var surcharge = merchant.services().surchargeCalculation(CalculateSurchargeRequest.builder().amountOfMoney(Money.of(1000, "EUR"))
                .cardSource(CardSource.builder().card(SurchargeCalculationCard.builder().cardNumber(SecretText.of("5425233430109903"))
                        .paymentProductId(3).build()).build()).build());
        assertThat(surcharge.surcharges()).isNotEmpty();
        assertThat(merchant.privacyPolicy().getPrivacyPolicy(GetPrivacyPolicyParams.builder().locale(ENGLISH).build()).htmlContent()).isPresent();
    }

    @Test
    void mandates() {
        var created = merchant.mandates().createMandate(CreateMandateRequest.builder().customerReference("customer-1")
                .language(MandateLanguage.EN).recurrenceType(RecurrenceType.RECURRING).signatureType(SignatureType.UNSIGNED)
                .customer(MandateCustomer.builder()
                        .bankAccountIban(BankAccountIban.builder().iban("DE89370400440532013000").build())
                        .contactDetails(MandateContactDetails.builder().emailAddress("a@shop.example").build())
                        .mandateAddress(MandateAddress.builder().street("Main").houseNumber("1").city("Gent").zip("9000").countryCode("BE").build())
                        .personalInformation(MandatePersonalInformation.builder().title("Ms")
                                .name(MandatePersonalName.builder().firstName("A").surname("B").build()).build())
                        .build()).build());
        String reference = created.mandate().flatMap(mandate -> mandate.uniqueMandateReference()).orElseThrow();
        assertThat(merchant.mandates().getMandate(reference).mandate().flatMap(mandate -> mandate.status())).isPresent();
        merchant.mandates().blockMandate(reference);
        merchant.mandates().unblockMandate(reference);
        merchant.mandates().revokeMandate(reference, RevokeMandateRequest.builder().revocationReason(RevocationReason.USER_ACTION).build());
    }

    @Test
    void payment_links() {
        var link = merchant.paymentLinks().createPaymentLink(CreatePaymentLinkRequest.builder().order(ORDER).displayQrCode(true).build());
        assertThat(link.qrCodeBase64()).isPresent();
        String id = link.paymentLinkId().orElseThrow();
        assertThat(merchant.paymentLinks().getPaymentLinkById(id).status()).contains(PaymentLinkStatus.ACTIVE);
        merchant.paymentLinks().cancelPaymentLinkById(id);
        assertThat(merchant.paymentLinks().getPaymentLinkById(id).status()).contains(PaymentLinkStatus.CANCELLED);
    }

    @Test
    void settings_of_webhooks() {
        String keyId = account.credential("webhooks_key_id");
        var right = Webhooks.credentials(keyId, SecretText.of(account.credential("webhooks_secret")));
        assertThat(merchant.webhooks().validateWebhookCredentials(right).result()).contains(CredentialsResult.VALID);
        var wrong = Webhooks.credentials(keyId, SecretText.of("wrong"));
        assertThat(merchant.webhooks().validateWebhookCredentials(wrong).result()).contains(CredentialsResult.INVALID);
        merchant.webhooks().sendTestWebhook(SendTestRequest.builder().url("http://127.0.0.1:9/hook").build());
    }

    @Test
    void batches() {
        merchant.merchantBatch().submitBatch(SubmitBatchRequestBody.builder()
                .header(BatchMetadata.builder().merchantBatchReference("batch-1").itemCount(1).operationType("CreatePayment").build())
                .createPayments(List.of(SandboxTest.payment(SandboxTest.VISA, 700))).build());
        merchant.merchantBatch().processBatch("batch-1");
        assertThat(merchant.merchantBatch().getBatchStatus("batch-1").itemCount()).contains(1);
        assertThat(merchant.merchantBatch().getPaymentsReport("batch-1").otherFields()).isNotEmpty();
    }

    @Test
    @org.junit.jupiter.api.Order(Integer.MAX_VALUE)
    void every_operation_has_been_answered_with_success() {
        assertThat(CALLED).hasSize(54).containsAll(OperationsTest.names());
    }

    private static String authorized() {
        return merchant.payments().createPayment(SandboxTest.payment(SandboxTest.VISA, 1000)).payment().flatMap(PaymentResponse::id).orElseThrow();
    }

    private static String token() {
        return merchant.tokens().createToken(CreateTokenRequest.builder().paymentProductId(PaymentProductIds.VISA)
                .card(TokenCardSpecificInput.builder().data(TokenData.builder().card(SandboxTest.card(SandboxTest.VISA)).build()).build()).build())
                .token().orElseThrow();
    }

    /** By the JDK's own tool. */
    private static String signingRequest(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("keys");
        keytool("-genkeypair", "-alias", "k", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=shop.example", "-keystore", store.toString(),
                "-storepass", "changeit");
        Path request = folder.resolve("request.pem");
        keytool("-certreq", "-alias", "k", "-sigalg", "SHA256withRSA", "-file", request.toString(), "-keystore", store.toString(), "-storepass",
                "changeit");
        // The label of RFC 7468, not the older one.
        return Files.readString(request).replace(" NEW ", " ");
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
