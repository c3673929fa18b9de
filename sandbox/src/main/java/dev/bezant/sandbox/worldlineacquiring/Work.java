package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one request changes: it becomes durable and visible together with the money it moved and the answer that a repetition gets, or not at
 * all. Used by one thread, under the store's lock.
 */
final class Work {
    private final List<Object> saved = new ArrayList<>();
    private final List<Movement> movements = new ArrayList<>();
    private @Nullable String subject;

    void save(Object record) {
        saved.add(Objects.requireNonNull(record));
    }

    /**
     * Money moves.
     *
     * @param id of what moves it: a payment's or refund's own, else the operation's
     * @param parentId the payment; of what is taken back, that
     * @param references null for what the merchant did not do
     */
    void move(MovementKind kind, Merchant merchant, String id, @Nullable String parentId, @Nullable References references, Money money) {
        movements.add(new Movement(WorldlineAcquiringProvider.NAME, merchant.account(), kind, id, parentId,
                references == null ? null : references.name(), money.amount(), money.currencyLower()));
    }

    /** What the operation made or changed, so that it can be taken back by its id. */
    void about(String id) {
        subject = id;
    }

    @Nullable String subject() {
        return subject;
    }

    List<Object> saved() {
        return saved;
    }

    List<Movement> movements() {
        return movements;
    }
}
