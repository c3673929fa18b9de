package dev.bezant.server;

import java.util.Map;

final class WorldlineAcquiringSuiteTest extends ConnectorSuite {
    WorldlineAcquiringSuiteTest() {
        super(Profile.of("worldline-acquiring",
                        Map.of("pay", "processPayment", "capture", "simpleCaptureOfPayment", "void", "reverseAuthorization", "refund", "createRefund"))
                .takingBack().capturingInParts().decimals(3).withoutChallenges().withoutClock());
    }
}
