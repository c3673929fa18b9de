package dev.bezant.server;

import java.util.Map;

final class WorldlineAcquiringSuiteTest extends ConnectorSuite implements CapturesSeveralTimes, HoldsMore, Without3ds {
    WorldlineAcquiringSuiteTest() {
        super(new Profile("worldline-acquiring", "client_secret",
                Map.of("pay", "processPayment", "capture", "simpleCaptureOfPayment", "void", "reverseAuthorization", "refund", "createRefund",
                        "increment", "incrementPayment"),
                Lost.TAKEN_BACK, 3));
    }
}
