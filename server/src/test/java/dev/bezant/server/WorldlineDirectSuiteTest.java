package dev.bezant.server;

import java.util.Map;

final class WorldlineDirectSuiteTest extends ConnectorSuite {
    WorldlineDirectSuiteTest() {
        super(Profile.of("worldline-direct",
                        Map.of("pay", "createPayment", "capture", "capturePayment", "void", "cancelPayment", "refund", "refundPayment"))
                .repeating().capturingInParts().decimals(3));
    }
}
