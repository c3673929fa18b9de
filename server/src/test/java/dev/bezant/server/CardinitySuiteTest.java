package dev.bezant.server;

import java.util.Map;

final class CardinitySuiteTest extends ConnectorSuite {
    CardinitySuiteTest() {
        super(Profile.of("cardinity", Map.of("pay", "createPayment", "capture", "createSettlement", "void", "createVoid", "refund", "createRefund")));
    }
}
