package dev.bezant.worldline.direct;

import dev.bezant.sdk.SecretText;
import dev.bezant.worldline.direct.model.Card;
import dev.bezant.worldline.direct.model.CardPaymentMethodSpecificInput;
import dev.bezant.worldline.direct.model.CreatePaymentRequest;
import dev.bezant.worldline.direct.model.ExpiryDate;
import dev.bezant.worldline.direct.model.Money;
import dev.bezant.worldline.direct.model.Order;
import dev.bezant.worldline.direct.model.PaymentProductIds;
import dev.bezant.worldline.direct.model.RefundRequest;

/** Requests and answers in the platform's shape (docs/protocols/worldline-direct.md, section 2). */
final class Bodies {
    static final CreatePaymentRequest PAYMENT = CreatePaymentRequest.builder()
            .order(Order.builder().amountOfMoney(Money.of(1000, "EUR")).build())
            .cardPaymentMethodSpecificInput(CardPaymentMethodSpecificInput.builder()
                    .paymentProductId(PaymentProductIds.VISA)
                    .card(Card.builder()
                            .cardNumber(SecretText.of("4012000033330026"))
                            .cardholderName("A B")
                            .cvv(SecretText.of("123"))
                            .expiryDate(ExpiryDate.of(5, 2030))
                            .build())
                    .build())
            .build();
    static final RefundRequest REFUND = RefundRequest.builder().amountOfMoney(Money.of(145, "EUR")).build();

    static final String AUTHORIZED = """
            {"creationOutput":{"externalReference":"o-1"},"payment":{"id":"3254564310_0","status":"PENDING_CAPTURE","statusOutput":
            {"isCancellable":true,"statusCategory":"PENDING_MERCHANT","statusCode":5,"isAuthorized":true,"isRefundable":false},
            "paymentOutput":{"amountOfMoney":{"amount":1000,"currencyCode":"EUR"},"cardPaymentMethodSpecificOutput":{"paymentProductId":1,
            "card":{"cardNumber":"************0026","expiryDate":"0530","bin":"401200"},"token":"0ca4f1a4-token"}}}}""";

    private Bodies() {}

    /** @param status such as REJECTED */
    static String declinedPayment(String status) {
        return """
                {"errorId":"e-1","errors":[{"errorCode":"30511001","category":"PAYMENT_PLATFORM_ERROR","code":"9999","httpStatusCode":402,
                "id":"INSUFFICIENT_FUNDS","retriable":false}],"status":402,"paymentResult":%s}""".formatted(payment(status));
    }

    static String payment(String status) {
        return """
                {"payment":{"id":"3254564310_0","status":"%s","statusOutput":{"statusCode":2,"statusCategory":"UNSUCCESSFUL",
                "errors":[{"errorCode":"30511001","id":"INSUFFICIENT_FUNDS"}]}}}""".formatted(status);
    }

    /** @param more members of the only item, each with a comma in front */
    static String error(String id, String more) {
        return "{\"errorId\":\"e-1\",\"errors\":[{\"errorCode\":\"50001111\",\"id\":\"" + id + "\",\"category\":\"DIRECT_PLATFORM_ERROR\"" + more
                + "}]}";
    }
}
