package dev.bezant.server;

import java.util.Map;

final class CardinitySuiteTest extends ConnectorSuite implements CapturesOnce, ChallengesAuthorizations, SignsWithTheTime {
    CardinitySuiteTest() {
        super(new Profile("cardinity", "consumer_secret", Map.of("pay", "createPayment", "capture", "createSettlement", "void", "createVoid", "refund", "createRefund"),
                Lost.FOUND, 2));
    }
}
