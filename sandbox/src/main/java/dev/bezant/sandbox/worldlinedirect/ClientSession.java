package dev.bezant.sandbox.worldlinedirect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Lets a browser call the client API for a while.
 *
 * @param tokens usable ones, shown as accounts on file
 */
record ClientSession(String id, String customerId, String merchantId, List<String> tokens, Instant created) {
    static final Duration LIFE = Duration.ofHours(2);
}
