package dev.bezant.acceptance;

import java.util.Map;

/** Requests are sent again with their keys, so that everything is done after all. */
class WorldlineDirectKillAtPointTest extends KillAtPointSuite {
    WorldlineDirectKillAtPointTest() {
        super("worldline-direct", Map.of(
                Desk.PAYMENT, "succeeded", Desk.CAPTURE, "succeeded", Desk.VOID, "canceled", Desk.REFUND, "succeeded", Desk.PAYOUT, "paid", Desk.COMPLETION, "succeeded"), "succeeded", true);
    }
}
