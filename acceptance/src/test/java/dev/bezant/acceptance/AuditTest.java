package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge of the crash tests, judged: it must see what they look for. */
class AuditTest {
    @TempDir
    private Path parent;

    @Test
    void every_kind_of_disagreement_is_found() throws IOException {
        try (CrashWorld world = CrashWorld.with("worldline-direct", parent)) {
            Clients clients = Clients.of(world, 0);
            Call paid = clients.known(new Call("/v1/payment_intents", Map.of("amount", "2000", "currency", "eur", "confirm", "true",
                    "payment_method", "pm_card_visa")));
            String intent = paid.send(world.endpoint()).orElseThrow().member("/id");
            Call refunded = clients.known(new Call("/v1/refunds", Map.of("payment_intent", intent, "amount", "500")));
            assertThat(refunded.send(world.endpoint()).orElseThrow().status()).isEqualTo(200);
            Call paidOut = clients.known(new Call("/v1/payouts", Map.of("amount", "1500", "currency", "eur", "destination", "pm_card_visa")));
            assertThat(paidOut.send(world.endpoint()).orElseThrow().member("/status")).isEqualTo("paid");
            List<Truth.Movement> truth = Truth.ledger(world.sandboxUrl());
            assertThat(new Audit(world.books(), truth, clients.calls()).findings()).isEmpty();

            assertThat(new Audit(world.books(), List.of(), clients.calls()).findings()).as("lost money").isNotEmpty();
            assertThat(new Audit(world.books(), doubled(truth), clients.calls()).findings()).as("moved twice").isNotEmpty();
            assertThat(new Audit(world.books(), stranger(truth), clients.calls()).findings()).as("unknown to us").isNotEmpty();
            for (String forged : List.of(
                    "update refund set state = 'failed'",
                    "update charge set amount_refunded = 501",
                    "update payout set state = 'failed'",
                    "delete from event where type = 'payout.paid'",
                    "delete from event where type = 'payment_intent.succeeded'",
                    "update payment_intent set status = 'requires_payment_method'")) {
                int before = new Audit(world.books(), truth, clients.calls()).findings().size();
                world.books().change(forged);
                assertThat(new Audit(world.books(), truth, clients.calls()).findings()).as(forged).hasSizeGreaterThan(before);
            }
        }
    }

    private static List<Truth.Movement> doubled(List<Truth.Movement> truth) {
        var more = new ArrayList<>(truth);
        more.add(truth.getFirst());
        return more;
    }

    private static List<Truth.Movement> stranger(List<Truth.Movement> truth) {
        var more = new ArrayList<>(truth);
        more.add(new Truth.Movement("sale", "other", "", "b-other", 2000));
        return more;
    }
}
