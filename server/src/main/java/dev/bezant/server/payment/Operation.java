package dev.bezant.server.payment;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connector.MovementKind;
import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Money;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A capture, a void, a reversal or an increment of a charge, as stored.
 *
 * @param kind {@code capture}, {@code void}, {@code reverse} or {@code increment}
 * @param amount what is captured, released or held besides
 * @param last of a capture: whether what is left is released with it
 * @param reason of a void: why the intent is canceled
 * @param refundId of a void: the refund that asked for it; null where none did
 */
public record Operation(
        String accountId,
        String id,
        boolean livemode,
        String chargeId,
        String kind,
        String reference,
        Money amount,
        boolean last,
        @Nullable String reason,
        @Nullable String idempotencyId,
        @Nullable String refundId) {

    /** @param row of charge_operation, with the charge's currency */
    public static Operation read(Row row) throws SQLException {
        return new Operation(row.text("account_id"), row.text("id"), row.flag("livemode"), row.text("charge_id"), row.text("kind"),
                row.text("reference"), Money.of(row.number("amount"), row.text("currency")), row.flag("last"), row.textOrNull("reason"),
                row.textOrNull("idempotency_id"), row.textOrNull("refund_id"));
    }

    /** As the provider is asked for it. */
    public Connector.Movement asked(Charge charge) {
        return new Connector.Movement(String.valueOf(charge.providerId()), reference, amount, last);
    }

    public boolean increments() {
        return kind.equals("increment");
    }

    /** What the provider is asked to do, if it is no increment. A reversal of what was captured is a refund, of what was not a void. */
    public MovementKind movement(Charge charge) {
        return switch (kind) {
            case "capture" -> MovementKind.CAPTURE;
            case "void" -> MovementKind.VOID;
            default -> charge.amountCaptured() > 0 ? MovementKind.REFUND : MovementKind.VOID;
        };
    }
}
