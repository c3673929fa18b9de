package dev.bezant.server;

import java.util.Map;

final class CorefySuiteTest extends ConnectorSuite {
    CorefySuiteTest() {
        super(Profile.of("corefy", Map.of("pay", "sale", "page", "createPaymentInvoice", "refund", "createRefund")).decimals(3).withoutCapturesLater().withoutClock());
    }
}
