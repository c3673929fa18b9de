package dev.bezant.server.dispute;

import dev.bezant.server.balance.BalanceEntries;
import dev.bezant.server.balance.BalanceFeature;
import dev.bezant.server.balance.BalanceTransaction;
import dev.bezant.server.database.Session;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.ChargeState;
import dev.bezant.server.payment.Rows;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Disputes as the API shows them, with what they took and gave back. */
final class DisputeView {
    private final BalanceFeature balance;
    private final BalanceEntries entries;
    private final Clock clock;

    DisputeView(BalanceFeature balance, BalanceEntries entries, Clock clock) {
        this.balance = balance;
        this.entries = entries;
        this.clock = clock;
    }

    ObjectNode of(Session session, Dispute dispute) {
        return of(session, List.of(dispute)).getFirst();
    }

    /** Disputes of one account, in their order. */
    List<ObjectNode> of(Session session, List<Dispute> disputes) {
        if (disputes.isEmpty()) {
            return List.of();
        }
        String account = disputes.getFirst().accountId();
        Set<String> ids = disputes.stream().map(Dispute::id).collect(Collectors.toSet());
        Map<String, List<BalanceTransaction>> moved = entries.of(session, account, ids);
        Map<String, Charge> charges = session.sql("select * from charge where account_id = :account and id = any (:ids)")
                .bind("account", account)
                .bind("ids", disputes.stream().map(Dispute::chargeId).distinct().toList())
                .list(Rows::charge).stream()
                .collect(Collectors.toMap(Charge::id, charge -> charge));
        return disputes.stream()
                .map(dispute -> dispute.render(moved.getOrDefault(dispute.id(), List.of()).stream().map(balance::render).toList(),
                        refundable(charges.get(dispute.chargeId())), clock.instant()))
                .toList();
    }

    private static boolean refundable(@Nullable Charge charge) {
        return charge != null && charge.state() == ChargeState.CAPTURED && charge.amountLeft() > 0 && charge.extras().amountDisputed() == 0;
    }
}
