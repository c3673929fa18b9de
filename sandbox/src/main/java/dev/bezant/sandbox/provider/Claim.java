package dev.bezant.sandbox.provider;

import dev.bezant.sandbox.http.HttpReply;

/** What a request holds for itself while it is worked on. */
public sealed interface Claim {
    /** Nothing needs to be held. */
    Claim NOTHING = new Granted(() -> {});

    /**
     * @param release called once the request has been answered
     */
    record Granted(Runnable release) implements Claim {}

    /** Another request holds it; this one is answered so, and nothing happens. */
    record Refused(HttpReply reply) implements Claim {}
}
