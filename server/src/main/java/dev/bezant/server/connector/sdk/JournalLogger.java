package dev.bezant.server.connector.sdk;

import dev.bezant.sdk.logging.CommunicatorLogger;
import dev.bezant.sdk.logging.FailureLogMessage;
import dev.bezant.sdk.logging.RequestLogMessage;
import dev.bezant.sdk.logging.ResponseLogMessage;
import dev.bezant.server.connector.ProviderJournal;

/** Tells the server's journal what an SDK's client sends and receives, as the SDK has masked it. */
public record JournalLogger(ProviderJournal.Line journal) implements CommunicatorLogger {
    @Override
    public void log(RequestLogMessage message) {
        journal.sent(message.requestId(), message.method(), message.uri(), message.body());
    }

    @Override
    public void log(ResponseLogMessage message) {
        journal.answered(message.requestId(), message.elapsed(), message.status(), message.body());
    }

    @Override
    public void log(FailureLogMessage message) {
        journal.failed(message.requestId(), message.elapsed(), String.valueOf(message.thrown().getMessage()));
    }

    /** Of no single call. */
    @Override
    public void log(String message) {}

    @Override
    public void log(String message, Throwable thrown) {}
}
