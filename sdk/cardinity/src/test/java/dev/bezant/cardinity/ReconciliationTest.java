package dev.bezant.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final Instant T = Instant.parse("2026-01-15T10:00:00Z");
    private static final BigDecimal AMOUNT = new BigDecimal("10.00");

    @Test
    void present_is_believed_whatever_the_times_say() {
        var found = payment("A-1", "10.00", T.minusSeconds(3600));
        assertThat(look(List.of(found, payment("B-1", "10.00", T)))).isEqualTo(new Reconciliation.Found(found));
    }

    @Test
    void twice_or_with_another_amount_needs_a_person() {
        assertThat(look(List.of(payment("A-1", "9.99", T)))).isInstanceOf(Reconciliation.Conflicting.class);
        var same = payment("A-1", "10.00", T);
        assertThat(look(List.of(same, same))).isInstanceOf(Reconciliation.Conflicting.class);
    }

    @Test
    void absence_needs_a_list_that_reaches_back_far_enough() {
        assertThat(look(List.of())).isEqualTo(new Reconciliation.Absent(true));
        var after = payment("B-1", "1.00", T.plusSeconds(1));
        var before = payment("B-2", "1.00", T.minusSeconds(1));
        assertThat(look(Collections.nCopies(99, after))).isEqualTo(new Reconciliation.Absent(true));
        assertThat(look(Collections.nCopies(100, before))).isEqualTo(new Reconciliation.Absent(false));
        assertThat(look(Collections.nCopies(100, after))).isEqualTo(new Reconciliation.Inconclusive(T.plusSeconds(1)));
    }

    private static Reconciliation look(List<Payment> listed) {
        return Reconciliation.of(listed, "A-1", AMOUNT, T);
    }

    private static Payment payment(String orderId, String amount, Instant created) {
        return new Payment("id", new BigDecimal(amount), "EUR", created, "purchase", false, "approved", orderId, null, "LT", "card", null,
                null, null, null);
    }
}
