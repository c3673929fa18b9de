package dev.bezant.server;

import java.util.Map;

final class WorldlineDirectSuiteTest extends ConnectorSuite {
    WorldlineDirectSuiteTest() {
        super(new Profile("worldline-direct",
                Map.of("pay", "createPayment", "capture", "capturePayment", "void", "cancelPayment", "refund", "refundPayment"), true, 3));
    }
}
