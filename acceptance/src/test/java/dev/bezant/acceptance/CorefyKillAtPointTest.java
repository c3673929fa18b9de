package dev.bezant.acceptance;

import java.util.Map;

/** Payments are asked for by our reference, refunds looked for among the invoice's; a challenge goes on without us. */
class CorefyKillAtPointTest extends KillAtPointSuite {
    CorefyKillAtPointTest() {
        super("corefy", Map.of(Desk.PAYMENT, "error 402", Desk.REFUND, "error 503", Desk.COMPLETION, "succeeded"), "succeeded", true);
    }
}
