package dev.bezant.sandbox.corefy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A customer of the intents dialect; the Commerce API has none. */
record IntentCustomer(String id, String account, String email, @Nullable String name, @Nullable String phone, @Nullable ObjectNode metadata,
        @Nullable String referenceId, Instant created) {}
