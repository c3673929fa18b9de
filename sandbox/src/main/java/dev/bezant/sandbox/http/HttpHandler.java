package dev.bezant.sandbox.http;

/** Answers one request. Called on the connection's own virtual thread, so it may block. */
@FunctionalInterface
public interface HttpHandler {
    HttpReply handle(HttpRequest request);
}
