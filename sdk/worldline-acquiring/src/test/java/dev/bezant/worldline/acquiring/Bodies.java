package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.SecretText;
import dev.bezant.worldline.acquiring.model.ApiCaptureRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentRequest;
import dev.bezant.worldline.acquiring.model.AuthorizationType;
import dev.bezant.worldline.acquiring.model.Brand;
import dev.bezant.worldline.acquiring.model.CardEntryMode;
import dev.bezant.worldline.acquiring.model.CardPaymentData;
import dev.bezant.worldline.acquiring.model.CardholderVerificationMethod;
import dev.bezant.worldline.acquiring.model.ExpiryDate;
import dev.bezant.worldline.acquiring.model.Money;
import dev.bezant.worldline.acquiring.model.PaymentReferences;
import dev.bezant.worldline.acquiring.model.PlainCardData;
import java.time.OffsetDateTime;

/** Requests and answers that several tests use. */
final class Bodies {
    static final String AUTHORIZED = """
            {"operationId":"op-1","responder":"ISSUER","responseCode":"0","responseCodeCategory":"APPROVED","responseCodeDescription":"Approved",\
            "paymentId":"pay-1","status":"AUTHORIZED","initialAuthorizationCode":"A1B2C3",\
            "totalAuthorizedAmount":{"amount":200,"currencyCode":"GBP","numberOfDecimals":2},\
            "references":{"paymentAccountReference":"V00112233","retrievalReferenceNumber":"412345678901","schemeTransactionId":"123456789012345"}}""";
    static final String DECLINED = "{\"operationId\":\"op-1\",\"responder\":\"ISSUER\",\"responseCode\":\"51\",\"responseCodeCategory\":\"DECLINED\","
            + "\"paymentId\":\"pay-1\",\"status\":\"NOT_AUTHORIZED\"}";
    static final String REVERSED = "{\"operationId\":\"op-1-undo\",\"responseCode\":\"0\",\"responseCodeCategory\":\"APPROVED\"}";

    static final ApiPaymentRequest PAYMENT = payment("op-1");
    static final ApiCaptureRequest CAPTURE = ApiCaptureRequest.builder().operationId("op-2").build();

    private Bodies() {}

    /** That of the vendor's own integration test. */
    static ApiPaymentRequest payment(String operationId) {
        return ApiPaymentRequest.builder()
                .operationId(operationId)
                .transactionTimestamp(OffsetDateTime.parse("2026-01-02T03:04:05+01:00"))
                .authorizationType(AuthorizationType.PRE_AUTHORIZATION)
                .amount(Money.of(200, "GBP"))
                .cardPaymentData(CardPaymentData.builder()
                        .cardEntryMode(CardEntryMode.ECOMMERCE)
                        .cardholderVerificationMethod(CardholderVerificationMethod.CARD_SECURITY_CODE)
                        .allowPartialApproval(false)
                        .captureImmediately(false)
                        .brand(Brand.VISA)
                        .cardData(PlainCardData.builder()
                                .cardNumber(SecretText.of("4176669999000104"))
                                .cardSecurityCode(SecretText.of("012"))
                                .expiryDate(ExpiryDate.of(12, 2040))
                                .build())
                        .build())
                .references(PaymentReferences.builder().merchantReference("your-order-1").build())
                .build();
    }

    static String problem(int status, String detail) {
        return "{\"type\":\"https://example.com/kind\",\"title\":\"Kind\",\"status\":" + status + ",\"detail\":\"" + detail
                + "\",\"instance\":\"urn:1\",\"requestId\":\"r-1\"}";
    }
}
