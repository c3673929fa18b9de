package dev.bezant.worldline.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.worldline.direct.model.BatchMetadata;
import dev.bezant.worldline.direct.model.CalculateSurchargeRequest;
import dev.bezant.worldline.direct.model.CancelPaymentRequest;
import dev.bezant.worldline.direct.model.CapturePaymentRequest;
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
import dev.bezant.worldline.direct.model.CsrRequest;
import dev.bezant.worldline.direct.model.CurrencyConversionRequest;
import dev.bezant.worldline.direct.model.DccCardSource;
import dev.bezant.worldline.direct.model.GetIINDetailsRequest;
import dev.bezant.worldline.direct.model.GetPaymentProductNetworksParams;
import dev.bezant.worldline.direct.model.GetPaymentProductParams;
import dev.bezant.worldline.direct.model.GetPaymentProductsParams;
import dev.bezant.worldline.direct.model.GetPrivacyPolicyParams;
import dev.bezant.worldline.direct.model.GetProductDirectoryParams;
import dev.bezant.worldline.direct.model.GetProductGroupParams;
import dev.bezant.worldline.direct.model.GetProductGroupsParams;
import dev.bezant.worldline.direct.model.ImportCofSeriesRequest;
import dev.bezant.worldline.direct.model.IncrementAuthorizationRequest;
import dev.bezant.worldline.direct.model.LocaleCode;
import dev.bezant.worldline.direct.model.Money;
import dev.bezant.worldline.direct.model.Order;
import dev.bezant.worldline.direct.model.PaymentProductIds;
import dev.bezant.worldline.direct.model.PaymentProductSessionRequest;
import dev.bezant.worldline.direct.model.ProductOperation;
import dev.bezant.worldline.direct.model.RefundRequest;
import dev.bezant.worldline.direct.model.RevocationReason;
import dev.bezant.worldline.direct.model.RevokeMandateRequest;
import dev.bezant.worldline.direct.model.SendTestRequest;
import dev.bezant.worldline.direct.model.SessionRequest;
import dev.bezant.worldline.direct.model.SubmitBatchRequestBody;
import dev.bezant.worldline.direct.model.SubsequentPaymentRequest;
import dev.bezant.worldline.direct.model.UpdateAuthorizationAdditionalDataRequest;
import dev.bezant.worldline.direct.model.ValidateCredentialsRequest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation once over real HTTP, in its asynchronous form: method, address, body, a right signature, a read answer. */
class OperationsTest {
    private static final CallContext NONE = CallContext.none();
    private static final LocaleCode ENGLISH = LocaleCode.of("en_GB");
    private static final Order ORDER = Order.builder().amountOfMoney(Money.of(1000, "EUR")).build();
    private static final String ORDER_JSON = "\"order\":{\"amountOfMoney\":{\"amount\":1000,\"currencyCode\":\"EUR\"}}";

    /**
     * One call.
     *
     * @param answer what the server says
     * @param line what it must have been asked, without version and account
     */
    record Operation(String name, Function<MerchantClient, CompletableFuture<?>> call, String answer, String line) {}

    private static Operation operation(String name, Function<MerchantClient, CompletableFuture<?>> call, String answer, String line) {
        return new Operation(name, call, answer, line);
    }

    private static final List<Operation> OPERATIONS = List.of(
            operation("createHostedCheckout",
                    m -> m.hostedCheckout().createHostedCheckoutAsync(CreateHostedCheckoutRequest.builder().order(ORDER).build(), NONE),
                    "{\"hostedCheckoutId\":\"3\"}", "POST hostedcheckouts {" + ORDER_JSON + "}"),
            operation("getHostedCheckout", m -> m.hostedCheckout().getHostedCheckoutAsync("3", NONE), "{\"status\":\"IN_PROGRESS\"}",
                    "GET hostedcheckouts/3"),
            operation("createHostedTokenization", m -> m.hostedTokenization().createHostedTokenizationAsync(
                    CreateHostedTokenizationRequest.builder().locale(ENGLISH).tokens("1,2").build(), NONE),
                    "{\"hostedTokenizationId\":\"h\"}", "POST hostedtokenizations {\"locale\":\"en_GB\",\"tokens\":\"1,2\"}"),
            operation("getHostedTokenization", m -> m.hostedTokenization().getHostedTokenizationAsync("h", NONE),
                    "{\"tokenStatus\":\"CREATED\"}", "GET hostedtokenizations/h"),
            operation("createHostedFieldsSession", m -> m.hostedFields().createHostedFieldsSessionAsync(
                    CreateHostedFieldsSessionRequest.builder().locale(ENGLISH).build(), NONE),
                    "{\"sdkUrl\":\"https://x\"}", "POST hostedfields/sessions {\"locale\":\"en_GB\"}"),
            operation("getHostedFieldsSession", m -> m.hostedFields().getHostedFieldsSessionAsync("s", NONE), "{\"sessionId\":\"s\"}",
                    "GET hostedfields/sessions/s"),
            operation("createPayment", m -> m.payments().createPaymentAsync(CreatePaymentRequest.builder().order(ORDER).build(), NONE),
                    "{\"payment\":{\"id\":\"1_0\",\"status\":\"PENDING_CAPTURE\"}}", "POST payments {" + ORDER_JSON + "}"),
            operation("getPayment", m -> m.payments().getPaymentAsync("1_0", NONE), "{\"id\":\"1_0\"}", "GET payments/1_0"),
            operation("getPaymentDetails", m -> m.payments().getPaymentDetailsAsync("1_0", NONE), "{\"id\":\"1_0\",\"Operations\":[]}",
                    "GET payments/1_0/details"),
            operation("capturePayment",
                    m -> m.payments().capturePaymentAsync("1_0", CapturePaymentRequest.builder().amount(300).isFinal(false).build(), NONE),
                    "{\"id\":\"1_1\"}", "POST payments/1_0/capture {\"amount\":300,\"isFinal\":false}"),
            operation("cancelPayment", m -> m.payments().cancelPaymentAsync("1_0", CancelPaymentRequest.builder().build(), NONE),
                    "{\"payment\":{\"id\":\"1_2\"}}", "POST payments/1_0/cancel {}"),
            operation("refundPayment",
                    m -> m.payments().refundPaymentAsync("1_0", RefundRequest.builder().amountOfMoney(Money.of(145, "EUR")).build(), NONE),
                    "{\"id\":\"1_1\",\"status\":\"REFUND_REQUESTED\"}",
                    "POST payments/1_0/refund {\"amountOfMoney\":{\"amount\":145,\"currencyCode\":\"EUR\"}}"),
            operation("completePayment",
                    m -> m.complete().completePaymentAsync("1_0", CompletePaymentRequest.builder().order(ORDER).build(), NONE),
                    "{\"payment\":{\"id\":\"1_0\"}}", "POST payments/1_0/complete {" + ORDER_JSON + "}"),
            operation("subsequentPayment",
                    m -> m.subsequent().subsequentPaymentAsync("1_0", SubsequentPaymentRequest.builder().order(ORDER).build(), NONE),
                    "{\"payment\":{\"id\":\"2_0\"}}", "POST payments/1_0/subsequent {" + ORDER_JSON + "}"),
            operation("incrementAuthorization", m -> m.preAuthorization().incrementAuthorizationAsync(
                    "1_0", IncrementAuthorizationRequest.builder().otherField("amount", 5).build(), NONE),
                    "{\"payment\":{}}", "POST payments/1_0/increment-authorization {\"amount\":5}"),
            operation("addAuthorizationDetails", m -> m.preAuthorization().addAuthorizationDetailsAsync(
                    "1_0", UpdateAuthorizationAdditionalDataRequest.builder().otherField("x", true).build(), NONE),
                    "{\"new\":1}", "POST payments/1_0/authorization-additional-data {\"x\":true}"),
            operation("getCaptures", m -> m.captures().getCapturesAsync("1_0", NONE), "{\"captures\":[]}", "GET payments/1_0/captures"),
            operation("getRefunds", m -> m.refunds().getRefundsAsync("1_0", NONE), "{\"refunds\":[]}", "GET payments/1_0/refunds"),
            operation("createPayout",
                    m -> m.payouts().createPayoutAsync(CreatePayoutRequest.builder().amountOfMoney(Money.of(1, "EUR")).build(), NONE),
                    "{\"id\":\"4_0\",\"status\":\"ACCOUNT_CREDITED\"}",
                    "POST payouts {\"amountOfMoney\":{\"amount\":1,\"currencyCode\":\"EUR\"}}"),
            operation("getPayout", m -> m.payouts().getPayoutAsync("4_0", NONE), "{\"id\":\"4_0\"}", "GET payouts/4_0"),
            operation("getPaymentProducts", m -> m.products().getPaymentProductsAsync(GetPaymentProductsParams.builder().countryCode("NL")
                    .currencyCode("EUR").locale(ENGLISH).amount(1000).isRecurring(true).hide(List.of("fields", "accountsOnFile"))
                    .operationType(ProductOperation.PRE_AUTHORIZATION).build(), NONE), "{\"paymentProducts\":[]}",
                    "GET products?amount=1000&countryCode=NL&currencyCode=EUR&hide=fields&hide=accountsOnFile&isRecurring=true&locale=en_GB"
                            + "&operationType=Pre-authorization"),
            operation("getPaymentProduct", m -> m.products().getPaymentProductAsync(
                    PaymentProductIds.VISA, GetPaymentProductParams.builder().countryCode("NL").build(), NONE), "{\"id\":1}",
                    "GET products/1?countryCode=NL"),
            operation("getPaymentProductNetworks", m -> m.products().getPaymentProductNetworksAsync(
                    PaymentProductIds.APPLE_PAY, GetPaymentProductNetworksParams.builder().countryCode("NL").build(), NONE),
                    "{\"networks\":[\"Visa\"]}", "GET products/302/networks?countryCode=NL"),
            operation("getProductDirectory", m -> m.products().getProductDirectoryAsync(
                    PaymentProductIds.IDEAL, GetProductDirectoryParams.builder().countryCode("NL").currencyCode("EUR").build(), NONE),
                    "{\"entries\":[]}", "GET products/809/directory?countryCode=NL&currencyCode=EUR"),
            operation("createPaymentProductSession", m -> m.products().createPaymentProductSessionAsync(
                    PaymentProductIds.APPLE_PAY, PaymentProductSessionRequest.builder().build(), NONE),
                    "{\"paymentProductSession302SpecificOutput\":{\"session\":\"s\"}}", "POST products/302/sessions {}"),
            operation("getProductGroups",
                    m -> m.productGroups().getProductGroupsAsync(GetProductGroupsParams.builder().countryCode("NL").build(), NONE),
                    "{\"paymentProductGroups\":[]}", "GET productgroups?countryCode=NL"),
            operation("getProductGroup",
                    m -> m.productGroups().getProductGroupAsync("cards", GetProductGroupParams.builder().countryCode("NL").build(), NONE),
                    "{\"id\":\"Cards\"}", "GET productgroups/cards?countryCode=NL"),
            operation("createSession", m -> m.sessions().createSessionAsync(SessionRequest.builder().tokens(List.of("1")).build(), NONE),
                    "{\"clientSessionId\":\"c\"}", "POST sessions {\"tokens\":[\"1\"]}"),
            operation("createToken", m -> m.tokens().createTokenAsync(CreateTokenRequest.builder().paymentProductId(1).build(), NONE),
                    "{\"token\":\"t\"}", "POST tokens {\"paymentProductId\":1}"),
            operation("getToken", m -> m.tokens().getTokenAsync("t", NONE), "{\"id\":\"t\"}", "GET tokens/t"),
            operation("deleteToken", m -> m.tokens().deleteTokenAsync("t", NONE), "", "DELETE tokens/t"),
            operation("importCofSeries",
                    m -> m.cofSeries().importCofSeriesAsync(ImportCofSeriesRequest.builder().tokenId("t").build(), NONE),
                    "{\"paymentId\":\"5_0\"}", "POST tokens/importCofSeries {\"tokenId\":\"t\"}"),
            operation("createCertificate", m -> m.tokenization().createCertificateAsync(CsrRequest.builder().csr("c").build(), NONE),
                    "{\"certificateId\":\"1\"}", "POST detokenize/csr {\"csr\":\"c\"}"),
            operation("getCardDataByTokens", m -> m.tokenization().getCardDataByTokensAsync(List.of("a", "b&c"), NONE), "{\"tokens\":[]}",
                    "GET detokenize/tokens?tokens=a&tokens=b%26c"),
            operation("getCardDataByPayments", m -> m.tokenization().getCardDataByPaymentsAsync(List.of("1_0", "2_0"), NONE), "{\"tokens\":[]}",
                    "GET detokenize/payments?payments=1_0&payments=2_0"),
            operation("testConnection", m -> m.services().testConnectionAsync(NONE), "{\"result\":\"OK\"}", "GET services/testconnection"),
            operation("getIINDetails", m -> m.services().getIINDetailsAsync(GetIINDetailsRequest.builder().bin("401200").build(), NONE),
                    "{\"paymentProductId\":1}", "POST services/getIINdetails {\"bin\":\"401200\"}"),
            operation("getDccRateInquiry", m -> m.services().getDccRateInquiryAsync(
                    CurrencyConversionRequest.builder().cardSource(DccCardSource.builder().token("t").build()).build(), NONE),
                    "{\"dccSessionId\":\"d\"}", "POST services/dccrate {\"cardSource\":{\"token\":\"t\"}}"),
            operation("surchargeCalculation", m -> m.services().surchargeCalculationAsync(
                    CalculateSurchargeRequest.builder().cardSource(CardSource.builder().token("t").build()).build(), NONE),
                    "{\"surcharges\":[]}", "POST services/surchargecalculation {\"cardSource\":{\"token\":\"t\"}}"),
            operation("getPrivacyPolicy", m -> m.privacyPolicy().getPrivacyPolicyAsync(
                    GetPrivacyPolicyParams.builder().locale(LocaleCode.of(Locale.UK)).paymentProductId(771).build(), NONE),
                    "{\"htmlContent\":\"<p>\"}", "GET services/privacypolicy?locale=en_GB&paymentProductId=771"),
            operation("createMandate",
                    m -> m.mandates().createMandateAsync(CreateMandateRequest.builder().customerReference("c").build(), NONE),
                    "{\"mandate\":{}}", "POST mandates {\"customerReference\":\"c\"}"),
            operation("getMandate", m -> m.mandates().getMandateAsync("M-1", NONE), "{\"mandate\":{\"status\":\"ACTIVE\"}}", "GET mandates/M-1"),
            operation("blockMandate", m -> m.mandates().blockMandateAsync("M-1", NONE), "{\"mandate\":{}}", "POST mandates/M-1/block"),
            operation("unblockMandate", m -> m.mandates().unblockMandateAsync("M-1", NONE), "{\"mandate\":{}}", "POST mandates/M-1/unblock"),
            operation("revokeMandate", m -> m.mandates().revokeMandateAsync(
                    "M-1", RevokeMandateRequest.builder().revocationReason(RevocationReason.USER_ACTION).build(), NONE),
                    "{\"mandate\":{}}", "POST mandates/M-1/revoke {\"revocationReason\":\"userAction\"}"),
            operation("createPaymentLink",
                    m -> m.paymentLinks().createPaymentLinkAsync(CreatePaymentLinkRequest.builder().order(ORDER).displayQrCode(true).build(), NONE),
                    "{\"paymentLinkId\":\"l\"}", "POST paymentlinks {\"displayQRCode\":true," + ORDER_JSON + "}"),
            operation("getPaymentLinkById", m -> m.paymentLinks().getPaymentLinkByIdAsync("l", NONE), "{\"status\":\"ACTIVE\"}",
                    "GET paymentlinks/l"),
            operation("cancelPaymentLinkById", m -> m.paymentLinks().cancelPaymentLinkByIdAsync("l", NONE), "", "POST paymentlinks/l/cancel"),
            operation("validateWebhookCredentials", m -> m.webhooks().validateWebhookCredentialsAsync(
                    ValidateCredentialsRequest.builder().key("k").build(), NONE), "{\"result\":\"Valid\"}",
                    "POST webhooks/validateCredentials {\"key\":\"k\"}"),
            operation("sendTestWebhook",
                    m -> m.webhooks().sendTestWebhookAsync(SendTestRequest.builder().url("https://shop.example/hook").build(), NONE), "",
                    "POST webhooks/sendtest {\"url\":\"https://shop.example/hook\"}"),
            operation("submitBatch", m -> m.merchantBatch().submitBatchAsync(SubmitBatchRequestBody.builder()
                    .header(BatchMetadata.builder().merchantBatchReference("b-1").itemCount(1).build()).build(), NONE), "{\"totalCount\":1}",
                    "POST merchant-batches {\"header\":{\"itemCount\":1,\"merchantBatchReference\":\"b-1\"}}"),
            operation("processBatch", m -> m.merchantBatch().processBatchAsync("b-1", NONE), "", "POST merchant-batches/b-1/process"),
            operation("getBatchStatus", m -> m.merchantBatch().getBatchStatusAsync("b-1", NONE), "{\"itemCount\":1}", "GET merchant-batches/b-1"),
            operation("getPaymentsReport", m -> m.merchantBatch().getPaymentsReportAsync("b-1", NONE), "{\"any\":[]}",
                    "GET merchant-batches/b-1/reports/payments"));

    private TestServer server;
    private DirectClient client;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        client = server.client().build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    static List<String> names() {
        return OPERATIONS.stream().map(Operation::name).toList();
    }

    static Stream<Arguments> operations() {
        return OPERATIONS.stream().map(operation -> Arguments.of(operation.name(), operation));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void an_operation_is_called_signed_and_read(String name, Operation operation) {
        server.answer(operation.answer().isEmpty() ? 204 : 200, operation.answer());
        Object result = operation.call().apply(client.merchant("PSPID 1")).join();
        String line = operation.line().replaceFirst(" ", " /v2/PSPID%201/");
        assertThat(server.requests).extracting(TestServer.Request::line).containsExactly(line);
        assertThat(server.badSignatures).isEmpty();
        boolean hasBody = line.endsWith("}");
        assertThat(server.last().header("Content-Type")).isEqualTo(hasBody ? "application/json" : null);
        if (operation.answer().isEmpty()) {
            assertThat(result).isNull();
        } else {
            assertThat(result).asString().isNotEqualTo(result.getClass().getSimpleName() + "[]");
        }
    }

    /** So that the list above cannot fall behind. */
    @Test
    void every_operation_of_every_client_is_in_the_list() {
        Set<String> methods = Arrays.stream(MerchantClient.class.getDeclaredMethods())
                .map(Method::getReturnType)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .map(Method::getName)
                .filter(name -> name.endsWith("Async"))
                .map(name -> name.substring(0, name.length() - 5))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(OPERATIONS).extracting(Operation::name).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(methods).hasSize(54);
    }

    @Test
    void a_call_without_context_or_asynchrony_is_the_same() {
        server.answer(200, "{\"result\":\"OK\"}");
        assertThat(client.merchant("1").services().testConnection().result()).contains("OK");
        assertThat(client.merchant("1").services().testConnection(NONE).result()).contains("OK");
        assertThat(server.requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", ".."})
    void an_id_that_is_none_is_not_sent(String id) {
        assertThatThrownBy(() -> client.merchant("1").payments().getPayment(id)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> client.merchant(id).services().testConnection()).isInstanceOf(InvalidRequestException.class);
        assertThat(server.requests).isEmpty();
    }

    @Test
    void a_batch_is_sent_compressed_on_demand() throws IOException {
        server.answer(200, "{\"totalCount\":0}");
        var context = CallContext.builder().compressBody().build();
        client.merchant("1").merchantBatch().submitBatch(SubmitBatchRequestBody.builder().build(), context);
        assertThat(server.last().header("Content-Encoding")).isEqualTo("gzip");
        try (var plain = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(server.last().bytes()))) {
            assertThat(plain.readAllBytes()).asString().isEqualTo("{}");
        }
        assertThat(server.badSignatures).isEmpty();
    }
}
