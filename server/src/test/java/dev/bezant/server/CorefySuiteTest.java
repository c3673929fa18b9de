package dev.bezant.server;

import java.util.Map;

final class CorefySuiteTest extends ConnectorSuite implements TakesAtOnce, TellsByItself {
    CorefySuiteTest() {
        super(new Profile("corefy", "api_key", Map.of("pay", "sale", "page", "createPaymentInvoice", "refund", "createRefund"), Lost.FOUND, 3));
    }
}
