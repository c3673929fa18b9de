package dev.bezant.server.webhook;

import dev.bezant.server.kernel.Mode;
import java.time.Duration;
import java.util.Set;

/**
 * What an installation decides about webhooks.
 *
 * @param timeout how long a receiver may take for one try in all, from looking up its name to the end of its answer
 * @param privateAddresses in which modes an endpoint may lie on this machine or in a private network
 */
public record WebhookSettings(Duration timeout, Set<Mode> privateAddresses) {
    public static final WebhookSettings STANDARD = new WebhookSettings(Duration.ofSeconds(20), Set.of(Mode.TEST));

    public WebhookSettings {
        privateAddresses = Set.copyOf(privateAddresses);
    }

    boolean privateAllowed(boolean livemode) {
        return privateAddresses.contains(Mode.of(livemode));
    }
}
