package dev.bezant.server.payment;

import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads intents and charges. */
public final class Rows {
    private static final String INTENT = """
            select * from payment_intent where account_id = :account and livemode = :livemode and id = :id
            """;
    private static final String CHARGE = """
            select * from charge where account_id = :account and livemode = :livemode and id = :id
            """;
    private static final String CHARGES_OF_INTENT = """
            select * from charge where account_id = :account and payment_intent_id = :intent order by attempt desc limit 100
            """;

    private Rows() {}

    public static Optional<Intent> intent(Session session, String account, boolean livemode, String id) {
        return session.sql(INTENT).bind("account", account).bind("livemode", livemode).bind("id", id).one(Rows::intent);
    }

    public static Optional<Charge> charge(Session session, String account, boolean livemode, String id) {
        return session.sql(CHARGE).bind("account", account).bind("livemode", livemode).bind("id", id).one(Rows::charge);
    }

    /** All attempts of an intent, the latest first. */
    public static List<Charge> charges(Session session, String account, String intentId) {
        return session.sql(CHARGES_OF_INTENT).bind("account", account).bind("intent", intentId).list(Rows::charge);
    }

    public static Intent intent(Row row) throws SQLException {
        return new Intent(
                row.text("account_id"),
                row.text("id"),
                row.flag("livemode"),
                Purpose.of(row.text("purpose")),
                row.whole("version"),
                IntentStatus.of(row.text("status")),
                Money.of(row.number("amount"), row.text("currency")),
                row.number("amount_capturable"),
                row.number("amount_received"),
                row.text("capture_method"),
                row.text("confirmation_method"),
                row.textOrNull("customer_id"),
                row.textOrNull("payment_method_id"),
                row.textOrNull("latest_charge_id"),
                row.text("client_secret"),
                row.textOrNull("cancellation_reason"),
                row.momentOrNull("canceled_at"),
                Json.readObject(row.text("details")),
                Json.readObjectOrNull(row.textOrNull("next_action")),
                Json.readObjectOrNull(row.textOrNull("last_payment_error")),
                row.moment("created_at"));
    }

    public static Charge charge(Row row) throws SQLException {
        return new Charge(
                row.text("account_id"),
                row.text("id"),
                row.flag("livemode"),
                row.text("payment_intent_id"),
                row.whole("attempt"),
                ChargeState.of(row.text("state")),
                row.text("provider"),
                row.text("provider_account_id"),
                row.text("reference"),
                row.textOrNull("provider_id"),
                row.text("payment_method_id"),
                row.textOrNull("customer_id"),
                Money.of(row.number("amount"), row.text("currency")),
                row.number("amount_captured"),
                row.number("amount_refunded"),
                row.number("amount_refunding"),
                Json.readObjectOrNull(row.textOrNull("action")),
                Json.readObjectOrNull(row.textOrNull("failure")),
                Json.readObject(row.text("method_snapshot")),
                row.textOrNull("idempotency_id"),
                row.textOrNull("stuck_reason"),
                row.moment("created_at"),
                new ChargeExtras(
                        Objects.requireNonNullElseGet(Json.readObjectOrNull(row.textOrNull("details")), Json::object),
                        row.textOrNull("challenge"),
                        row.textOrNull("capture_id"),
                        row.flag("disputed"),
                        row.number("amount_disputed"),
                        row.momentOrNull("taking_back_at") != null));
    }
}
