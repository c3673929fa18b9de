package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Payments are asked for by our reference, refunds looked for among the invoice's; a challenge goes on without us. */
class CorefyKillAtPointTest extends KillAtPointSuite {
    CorefyKillAtPointTest() {
        super("corefy", Map.of(Desk.PAYMENT, "error 402", Desk.REFUND, "error 503", Desk.PAYOUT, "failed", Desk.COMPLETION, "succeeded"), "succeeded", true);
    }

    /** Its id is kept before it may be processed, which is what moves the money. */
    @Test
    void killed_once_a_payout_has_its_id_it_was_not_processed_and_has_failed() throws IOException {
        assertThat(outcomesAfterKill("placed", List.of(Desk.PAYOUT))).isEqualTo(Map.of(Desk.PAYOUT, "failed"));
    }
}
