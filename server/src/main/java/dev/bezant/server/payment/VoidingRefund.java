package dev.bezant.server.payment;

import dev.bezant.server.event.EventDraft;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refund of a charge of which nothing was captured yet: at the provider it is a void, here it is both. Its row is written with the void's
 * and moves with it; what is told of it is the refunds' matter.
 *
 * @param reference ours, told to the provider with the void
 * @param created when it was asked for
 * @param events that tell of it
 */
public record VoidingRefund(String id, String reference, @Nullable String reason, ObjectNode metadata, Instant created, List<EventDraft> events) {
    /** Tells of such refunds. Implemented by refunds, which know what one looks like. */
    @FunctionalInterface
    public interface Teller {
        /**
         * The refund once its void is in a state.
         *
         * @param state of the operation: {@code pending}, {@code succeeded} or {@code failed}; null = as it is stored
         */
        Told tell(Operation operation, @Nullable String state, @Nullable String providerId);
    }

    /** @param events what its own change is told by */
    public record Told(ObjectNode refund, List<EventDraft> events) {}
}
