package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.provider.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The calls of every host (section 2), told apart by the beginning of their path; the private API answers with its prefix and without. */
final class Operations {
    static final String API = "/api";
    static final String PUBLIC = "/public-api";
    static final String GATE = "/cardgate";
    static final String INTENTS = "/v1";
    static final String HOSTED_PAGE = "/hpp/";
    static final String COMPLETE_AUTH = "/complete-auth";

    /** Of the private API; those that can move money are struck by a fault that names no operation. */
    static final List<Operation> COMMERCE = List.of(
            new Operation("createPaymentInvoice", "POST", "/payment-invoices", true),
            new Operation("listPaymentInvoices", "GET", "/payment-invoices", false),
            new Operation("getPaymentInvoice", "GET", "/payment-invoices/{invoice}", false),
            new Operation("createRefund", "POST", "/payment-invoices/{invoice}/refund", true),
            new Operation("capturePayment", "POST", "/payment-invoices/{invoice}/capture", true),
            new Operation("voidPayment", "POST", "/payment-invoices/{invoice}/void", true),
            new Operation("createPayoutInvoice", "POST", "/payout-invoices", true),
            new Operation("listPayoutInvoices", "GET", "/payout-invoices", false),
            new Operation("getPayoutInvoice", "GET", "/payout-invoices/{payout}", false),
            new Operation("processPayoutInvoice", "POST", "/payout-invoices/{payout}/process", true),
            new Operation("getBalances", "GET", "/account/balances", false),
            new Operation("getAccount", "GET", "/account", false),
            new Operation("getPaymentOptions", "GET", "/account/payment-options", false),
            new Operation("listPaymentServices", "GET", "/payment-services", false),
            new Operation("getPaymentService", "GET", "/payment-services/{service}", false));

    static final List<Operation> OTHERS = List.of(
            new Operation("sale", "POST", GATE + "/payment/sale", true),
            new Operation("paymentPrerequest", "POST", PUBLIC + "/payment-prerequest", false),
            new Operation("payoutPrerequest", "POST", PUBLIC + "/payout-prerequest", false),
            new Operation("createPublicPaymentInvoice", "POST", PUBLIC + "/payment-invoices", false),
            new Operation("processPublicPaymentInvoice", "POST", PUBLIC + "/payment-invoices/process", false),
            new Operation("getPublicPaymentInvoice", "GET", PUBLIC + "/payment-invoices/{invoice}", false),
            new Operation("getPublicPayoutInvoice", "GET", PUBLIC + "/payout-invoices/{payout}", false),
            new Operation("createPaymentIntent", "POST", INTENTS + "/payment-intents", false),
            new Operation("confirmPaymentIntent", "POST", INTENTS + "/payment-intents/{intent}/confirm", true),
            new Operation("getPayment", "GET", INTENTS + "/payments/{payment}", false),
            new Operation("createIntentRefund", "POST", INTENTS + "/refunds", true),
            new Operation("createCustomer", "POST", INTENTS + "/customers", false),
            new Operation("getCustomer", "GET", INTENTS + "/customers/{customer}", false),
            new Operation("createPaymentMethod", "POST", INTENTS + "/payment-methods", false),
            new Operation("listPaymentMethods", "GET", INTENTS + "/customers/{customer}/payment-methods", false),
            new Operation("listSupportedMethods", "GET", INTENTS + "/payment-methods/supported", false),
            new Operation("showHostedPage", "GET", HOSTED_PAGE, false),
            new Operation("payHostedPage", "POST", HOSTED_PAGE, false),
            new Operation("challenge", "GET", ChallengePages.PATH, false),
            new Operation("challenge", "POST", ChallengePages.PATH, false),
            new Operation("completeAuthentication", "GET", COMPLETE_AUTH, false),
            new Operation("completeAuthentication", "POST", COMPLETE_AUTH, false));

    static final List<Operation> ALL = Stream.of(
            COMMERCE.stream().map(Operations::prefixed), OTHERS.stream(), COMMERCE.stream()).flatMap(stream -> stream).toList();

    private Operations() {}

    private static Operation prefixed(Operation operation) {
        return new Operation(operation.id(), operation.method(), API + operation.template(), operation.movesMoney());
    }

    /** Whether the path is of the private API, known or not. */
    static boolean isCommerce(HttpRequest request) {
        return Stream.of(PUBLIC, GATE, INTENTS, "/hpp", ChallengePages.PATH, COMPLETE_AUTH).noneMatch(begin -> begins(request.path(), begin));
    }

    static boolean begins(String path, String begin) {
        return path.equals(begin) || path.startsWith(begin + "/");
    }

    /** A segment of the path behind the host's prefix, the first being 0. */
    static String segment(HttpRequest request, int index) {
        var segments = Operation.segments(request.path());
        boolean prefixed = Stream.of(API, PUBLIC, GATE, INTENTS).anyMatch(prefix -> begins(request.path(), prefix));
        return segments[index + (prefixed ? 2 : 1)];
    }
}
