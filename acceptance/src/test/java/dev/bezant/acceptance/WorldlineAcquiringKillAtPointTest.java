package dev.bezant.acceptance;

import java.util.Map;

/** A payment that nobody heard of is taken back, and leaves nothing held; what was done to payments is looked for. */
class WorldlineAcquiringKillAtPointTest extends KillAtPointSuite {
    WorldlineAcquiringKillAtPointTest() {
        super("worldline-acquiring", Map.of(
                Desk.PAYMENT, "error 402", Desk.CAPTURE, "error 503", Desk.VOID, "error 503", Desk.REFUND, "error 503"), "error 402", false);
    }
}
