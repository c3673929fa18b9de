package dev.bezant.server.payment;

import dev.bezant.server.event.EventDraft;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events of intents and of their attempts. What a setup intent's attempt does is told by the setup intent alone. */
final class IntentEvents {
    /** What became of an intent. */
    enum Change {
        CREATED("created", "created"),
        REQUIRES_ACTION("requires_action", "requires_action"),
        PROCESSING("processing", null),
        AUTHORIZED("amount_capturable_updated", null),
        SUCCEEDED("succeeded", "succeeded"),
        FAILED("payment_failed", "setup_failed"),
        CANCELED("canceled", "canceled");

        private final String payment;
        private final @Nullable String setup;

        Change(String payment, @Nullable String setup) {
            this.payment = payment;
            this.setup = setup;
        }
    }

    private IntentEvents() {}

    /** One event, or none where the kind of intent knows none of that name. */
    static List<EventDraft> of(Intent after, Change change) {
        String word = switch (after.purpose()) {
            case PAYMENT -> change.payment;
            case SETUP -> change.setup;
        };
        return word == null ? List.of() : List.of(EventDraft.of(after.purpose().object() + "." + word, Render.snapshot(after)));
    }

    /** @param type such as {@code charge.failed} */
    static List<EventDraft> ofCharge(Intent intent, String type, Charge after) {
        return intent.purpose() == Purpose.SETUP ? List.of() : List.of(EventDraft.of(type, Render.charge(after)));
    }

    static List<EventDraft> together(List<EventDraft> first, List<EventDraft> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
