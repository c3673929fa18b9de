package dev.bezant.server.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bezant.server.database.Session;
import dev.bezant.server.dialect.Dialect;
import dev.bezant.server.dialect.Shapes;
import dev.bezant.server.event.EventRow;
import dev.bezant.server.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events as they are sent, each written once for all endpoints that get the same shapes, and remembered for a while. What is
 * remembered are the very bytes: they are signed and sent.
 */
final class Payloads {
    private static final Logger LOG = LoggerFactory.getLogger(Payloads.class);
    private static final long BYTES_MAX = 32 << 20;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    /**
     * What decides how an event looks.
     *
     * @param apiVersion null = native
     * @param pendingWebhooks what it says of itself
     */
    record Key(String accountId, String eventId, @Nullable String apiVersion, int pendingWebhooks) {}

    /** @param body never changed */
    record Payload(byte[] body, Instant eventCreatedAt) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final Shapes shapes;
    private final Cache<Key, Payload> remembered = Caffeine.newBuilder()
            .maximumWeight(BYTES_MAX)
            .<Key, Payload>weigher((key, payload) -> payload.body().length)
            .expireAfterAccess(REMEMBERED)
            .build();

    Payloads(Shapes shapes) {
        this.shapes = shapes;
    }

    /** What can be told; events that are not kept any more, and those that cannot be written for a fault of ours, are left out. */
    Map<Key, Payload> of(Session session, Collection<Key> keys) {
        Map<Key, Payload> found = new HashMap<>(remembered.getAllPresent(keys));
        List<Key> missing = keys.stream().filter(key -> !found.containsKey(key)).distinct().toList();
        if (!missing.isEmpty()) {
            Map<String, EventRow> rows = rows(session, missing);
            for (Key key : missing) {
                write(key, rows.get(key.eventId())).ifPresent(payload -> {
                    remembered.put(key, payload);
                    found.put(key, payload);
                });
            }
        }
        return found;
    }

    private Optional<Payload> write(Key key, @Nullable EventRow row) {
        if (row == null) {
            return Optional.empty();
        }
        try {
            String text = Json.write(shapes.shape(Dialect.ofVersion(key.apiVersion()), row.render(key.pendingWebhooks())));
            return Optional.of(new Payload(text.getBytes(StandardCharsets.UTF_8), row.createdAt()));
        } catch (RuntimeException e) {
            LOG.error("Event {} cannot be written as {}", key.eventId(), key.apiVersion(), e);
            return Optional.empty();
        }
    }

    private static Map<String, EventRow> rows(Session session, Collection<Key> keys) {
        Map<String, String> wanted = keys.stream().collect(Collectors.toMap(Key::eventId, Key::accountId, (one, same) -> one));
        List<String> ids = List.copyOf(wanted.keySet());
        return session.sql("select " + EventRow.COLUMNS + """
                         from unnest(:accounts::text[], :ids::text[]) as k (account_id, id)
                         join event e on e.account_id = k.account_id and e.id = k.id
                        """)
                .bind("accounts", ids.stream().map(wanted::get).toList())
                .bind("ids", ids)
                .list(EventRow::read).stream()
                .collect(Collectors.toMap(EventRow::id, row -> row));
    }
}
