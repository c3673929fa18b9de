package dev.bezant.server.webhook;

import dev.bezant.server.kernel.Ids;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Deliveries about to be written, many at once. */
final class NewDeliveries {
    /** Why there is a delivery. */
    enum Origin {
        EVENT,
        RESEND,
        REPLAY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A statement, or a part of one. What keeps order has no time yet: {@link Line#callNext} gives it one. */
    static final String INSERT = """
            insert into webhook_delivery (account_id, id, livemode, endpoint_id, event_id, event_type, object_id, seq, ordered, origin,
                   pending_webhooks, due_at, expires_at)
            select account_id, id, livemode::boolean, endpoint_id, event_id, event_type, object_id, seq::bigint, ordered::boolean, :origin,
                   pending::smallint, case when ordered::boolean then null else now() end, now() + make_interval(hours => :kept_up_hours)
              from unnest(:accounts::text[], :ids::text[], :livemodes::text[], :endpoints::text[], :events::text[], :types::text[],
                          :objects::text[], :seqs::text[], :ordereds::text[], :pendings::text[])
                   as m (account_id, id, livemode, endpoint_id, event_id, event_type, object_id, seq, ordered, pending)
            """;

    /** @param pendingWebhooks how many endpoints have not got the event, this one included */
    record Item(String accountId, boolean livemode, String endpointId, boolean ordered, String eventId, String eventType, String objectId, long seq,
            int pendingWebhooks) {}

    private final List<Item> items;
    private final List<String> deliveryIds;
    private final Origin origin;

    NewDeliveries(Ids ids, List<Item> items, Origin origin) {
        this.items = List.copyOf(items);
        this.deliveryIds = items.stream().map(item -> ids.next("whd")).toList();
        this.origin = origin;
    }

    /** In the order of the items. */
    List<String> deliveryIds() {
        return deliveryIds;
    }

    /** What {@link #INSERT} binds, {@code endpoints} among it. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("accounts", column(Item::accountId));
        values.put("ids", deliveryIds);
        values.put("livemodes", column(Item::livemode));
        values.put("endpoints", column(Item::endpointId));
        values.put("ordereds", column(Item::ordered));
        values.put("events", column(Item::eventId));
        values.put("types", column(Item::eventType));
        values.put("objects", column(Item::objectId));
        values.put("seqs", column(Item::seq));
        values.put("pendings", column(Item::pendingWebhooks));
        values.put("origin", origin.word());
        values.put("kept_up_hours", (int) Schedule.KEPT_UP.toHours());
        return values;
    }

    private List<String> column(Function<Item, Object> member) {
        return items.stream().map(item -> String.valueOf(member.apply(item))).toList();
    }
}
