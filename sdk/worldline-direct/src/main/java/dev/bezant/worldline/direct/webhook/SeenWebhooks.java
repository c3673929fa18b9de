package dev.bezant.worldline.direct.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the latest events of one process, to leave out repetitions. What must hold over restarts and over several servers belongs in a
 * database: keep {@link WebhookEvent#fingerprint()} there. Safe for many threads.
 */
public final class SeenWebhooks {
    private final Map<String, Boolean> fingerprints;

    /** @param remembered how many events, 1 or more; the oldest are forgotten first */
    public SeenWebhooks(int remembered) {
        if (remembered < 1) {
            throw new IllegalArgumentException("remembered is " + remembered + ", expected 1 or more");
        }
        fingerprints = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > remembered;
            }
        };
    }

    /** Whether this is the first time; remembers it. Call {@link #forget} when the event could not be processed. */
    public synchronized boolean isFirst(WebhookEvent event) {
        return fingerprints.put(event.merchantId() + ' ' + event.fingerprint(), Boolean.TRUE) == null;
    }

    public synchronized void forget(WebhookEvent event) {
        fingerprints.remove(event.merchantId() + ' ' + event.fingerprint());
    }
}
