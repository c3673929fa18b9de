package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.provider.Operation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The API's calls (section 1), those of browsers, and the pages. The first match wins. */
final class Operations {
    static final String PREFIX = "/v2/{merchant}/";
    private static final String CLIENT = "/client/v1/{customer}/";

    /** Those that an idempotence key means something to (section 1). */
    private static final Set<String> IDEMPOTENT = Set.of("createPayment", "cancelPayment", "refundPayment", "capturePayment",
            "completePayment", "createPayout", "subsequentPayment");

    static final List<Operation> API = List.of(
            api("createHostedCheckout", "POST", "hostedcheckouts"),
            api("getHostedCheckout", "GET", "hostedcheckouts/{hostedCheckout}"),
            api("createHostedTokenization", "POST", "hostedtokenizations"),
            api("getHostedTokenization", "GET", "hostedtokenizations/{hostedTokenization}"),
            api("createHostedFieldsSession", "POST", "hostedfields/sessions"),
            api("getHostedFieldsSession", "GET", "hostedfields/sessions/{session}"),
            money("createPayment", "POST", "payments"),
            api("getPayment", "GET", "payments/{payment}"),
            api("getPaymentDetails", "GET", "payments/{payment}/details"),
            money("capturePayment", "POST", "payments/{payment}/capture"),
            money("refundPayment", "POST", "payments/{payment}/refund"),
            money("cancelPayment", "POST", "payments/{payment}/cancel"),
            money("completePayment", "POST", "payments/{payment}/complete"),
            money("subsequentPayment", "POST", "payments/{payment}/subsequent"),
            money("incrementAuthorization", "POST", "payments/{payment}/increment-authorization"),
            api("addAuthorizationDetails", "POST", "payments/{payment}/authorization-additional-data"),
            api("getCaptures", "GET", "payments/{payment}/captures"),
            api("getRefunds", "GET", "payments/{payment}/refunds"),
            money("createPayout", "POST", "payouts"),
            api("getPayout", "GET", "payouts/{payout}"),
            api("getPaymentProducts", "GET", "products"),
            api("getPaymentProduct", "GET", "products/{product}"),
            api("getPaymentProductNetworks", "GET", "products/{product}/networks"),
            api("getProductDirectory", "GET", "products/{product}/directory"),
            api("createPaymentProductSession", "POST", "products/{product}/sessions"),
            api("getProductGroups", "GET", "productgroups"),
            api("getProductGroup", "GET", "productgroups/{group}"),
            api("createSession", "POST", "sessions"),
            api("importCofSeries", "POST", "tokens/importCofSeries"),
            api("createToken", "POST", "tokens"),
            api("getToken", "GET", "tokens/{token}"),
            api("deleteToken", "DELETE", "tokens/{token}"),
            api("createCertificate", "POST", "detokenize/csr"),
            api("getCardDataByTokens", "GET", "detokenize/tokens"),
            api("getCardDataByPayments", "GET", "detokenize/payments"),
            api("testConnection", "GET", "services/testconnection"),
            api("getIINDetails", "POST", "services/getIINdetails"),
            api("getDccRateInquiry", "POST", "services/dccrate"),
            api("surchargeCalculation", "POST", "services/surchargecalculation"),
            api("getPrivacyPolicy", "GET", "services/privacypolicy"),
            api("createMandate", "POST", "mandates"),
            api("getMandate", "GET", "mandates/{mandate}"),
            api("blockMandate", "POST", "mandates/{mandate}/block"),
            api("unblockMandate", "POST", "mandates/{mandate}/unblock"),
            api("revokeMandate", "POST", "mandates/{mandate}/revoke"),
            api("createPaymentLink", "POST", "paymentlinks"),
            api("getPaymentLinkById", "GET", "paymentlinks/{link}"),
            api("cancelPaymentLinkById", "POST", "paymentlinks/{link}/cancel"),
            api("validateWebhookCredentials", "POST", "webhooks/validateCredentials"),
            api("sendTestWebhook", "POST", "webhooks/sendtest"),
            api("submitBatch", "POST", "merchant-batches"),
            money("processBatch", "POST", "merchant-batches/{batch}/process"),
            api("getBatchStatus", "GET", "merchant-batches/{batch}"),
            api("getPaymentsReport", "GET", "merchant-batches/{batch}/reports/payments"));

    /** What the browser SDK asks for, named apart so that faults can tell the two callers. */
    static final List<Operation> CLIENT_API = List.of(
            client("clientProducts", "GET", "products"),
            client("clientProduct", "GET", "products/{product}"),
            client("clientProductNetworks", "GET", "products/{product}/networks"),
            client("clientPublicKey", "GET", "crypto/publickey"),
            client("clientIINDetails", "POST", "services/getIINdetails"),
            client("clientSurcharge", "POST", "services/surchargeCalculation"),
            new Operation("clientDccRate", "POST", "/client/v2/{customer}/services/dccrate", false));

    /** The pages, and what their scripts call. */
    static final List<Operation> PAGES = List.of(
            new Operation("showHostedCheckout", "GET", CheckoutPages.PATH + "{page}", false),
            new Operation("payHostedCheckout", "POST", CheckoutPages.PATH + "{page}", false),
            new Operation("returnToHostedCheckout", "GET", CheckoutPages.PATH + "{page}/return", false),
            new Operation("showBankPage", "GET", BankPages.PATH + "{page}", false),
            new Operation("decideAtBank", "POST", BankPages.PATH + "{page}", false),
            new Operation("openPaymentLink", "GET", LinkPages.PATH + "{page}", false),
            new Operation("showMandate", "GET", MandatePages.PATH + "{page}", false),
            new Operation("signMandate", "POST", MandatePages.PATH + "{page}", false),
            new Operation("loadTokenizer", "GET", TokenizationPages.SCRIPT_PATH, false),
            new Operation("showHostedTokenization", "GET", TokenizationPages.PATH + "{page}", false),
            new Operation("submitHostedTokenization", "POST", TokenizationPages.PATH + "{page}", false),
            new Operation("loadHostedFields", "GET", FieldsPages.SCRIPT_PATH, false),
            new Operation("submitHostedFields", "POST", FieldsPages.PATH + "{page}", false),
            new Operation("submitHostedFields", "OPTIONS", FieldsPages.PATH + "{page}", false),
            new Operation("loadLogo", "GET", Logos.PATH + "{logo}", false));

    static final List<Operation> ALL = Stream.of(API, CLIENT_API, PAGES).flatMap(List::stream).toList();

    private Operations() {}

    static boolean isIdempotent(Operation operation) {
        return IDEMPOTENT.contains(operation.id());
    }

    private static Operation api(String id, String method, String path) {
        return new Operation(id, method, PREFIX + path, false);
    }

    private static Operation money(String id, String method, String path) {
        return new Operation(id, method, PREFIX + path, true);
    }

    private static Operation client(String id, String method, String path) {
        return new Operation(id, method, CLIENT + path, false);
    }
}
