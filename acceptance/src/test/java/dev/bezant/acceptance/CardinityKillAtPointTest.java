package dev.bezant.acceptance;

import java.util.Map;

/** Absence is proved by listings, and told. */
class CardinityKillAtPointTest extends KillAtPointSuite {
    CardinityKillAtPointTest() {
        super("cardinity", Map.of(
                Desk.PAYMENT, "error 402", Desk.CAPTURE, "error 503", Desk.VOID, "error 503", Desk.REFUND, "error 503", Desk.COMPLETION, "succeeded"));
    }
}
