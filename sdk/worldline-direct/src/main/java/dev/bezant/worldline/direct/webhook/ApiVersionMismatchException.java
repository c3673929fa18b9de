package dev.bezant.worldline.direct.webhook;

import dev.bezant.sdk.error.UnreadableMessageException;

/** A genuine webhook of another version than this SDK reads. Keep the raw body and ask for the object's state. */
public final class ApiVersionMismatchException extends UnreadableMessageException {
    private static final long serialVersionUID = 1L;

    private final String eventApiVersion;

    ApiVersionMismatchException(String eventApiVersion) {
        super("the webhook is of version '" + eventApiVersion + "', this SDK reads '" + Webhooks.API_VERSION + "'", null);
        this.eventApiVersion = eventApiVersion;
    }

    /** Empty when the event names none. */
    public String eventApiVersion() {
        return eventApiVersion;
    }

    public String sdkApiVersion() {
        return Webhooks.API_VERSION;
    }
}
