package dev.bezant.server;

import java.util.Map;

final class WorldlineDirectSuiteTest extends ConnectorSuite implements CapturesSeveralTimes, ChallengesAuthorizations, TellsByItself, SignsWithTheTime {
    WorldlineDirectSuiteTest() {
        super(new Profile("worldline-direct", "secret_api_key",
                Map.of("pay", "createPayment", "capture", "capturePayment", "void", "cancelPayment", "refund", "refundPayment"), Lost.REPEATED, 3));
    }
}
