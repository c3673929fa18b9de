package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Movement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one request changes: it becomes durable and visible together with the money it moved and the answer that an idempotent repeat
 * gets, or not at all; then the merchant is told. Used by one thread, under the store's lock.
 */
final class Work {
    private final List<Object> saved = new ArrayList<>();
    private final List<Movement> movements = new ArrayList<>();
    private final List<Events.Event> events = new ArrayList<>();

    void save(Object record) {
        saved.add(Objects.requireNonNull(record));
    }

    void move(Movement movement) {
        movements.add(movement);
    }

    void tell(Events.Event event) {
        events.add(event);
    }

    List<Object> saved() {
        return saved;
    }

    List<Movement> movements() {
        return movements;
    }

    List<Events.Event> events() {
        return events;
    }
}
