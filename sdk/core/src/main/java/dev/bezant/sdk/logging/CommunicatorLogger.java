package dev.bezant.sdk.logging;

/** Receives what goes over the wire, already obfuscated. Whatever an implementation throws is swallowed: logging never fails a payment. */
public interface CommunicatorLogger {
    void log(String message);

    void log(String message, Throwable thrown);

    default void log(RequestLogMessage message) {
        log(message.text());
    }

    default void log(ResponseLogMessage message) {
        log(message.text());
    }

    default void log(FailureLogMessage message) {
        log(message.text(), message.thrown());
    }
}
