package dev.bezant.sdk.http;

/** What an authenticator has to say to a 401. A 401 means that nothing happened, so repeating is safe for every method. */
public enum Renewal {
    /** There is nothing newer: the answer stands. */
    NONE,
    /** What should still have been good was dropped. The call is repeated with what replaces it, once. */
    DROPPED,
    /** What was sent had run out, or been replaced, on its way: no sign of anything wrong. The call is repeated, at most five times. */
    OUTDATED
}
