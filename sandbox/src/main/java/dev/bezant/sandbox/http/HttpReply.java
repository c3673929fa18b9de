package dev.bezant.sandbox.http;

import java.time.Duration;

/** What the server does to the connection after a request: mostly answer it, sometimes something worse. */
public sealed interface HttpReply {
    /** The ordinary case. */
    record Answer(HttpResponse response) implements HttpReply {}

    /** The head and half of the body bytes, then the connection is closed. */
    record HalfAnswer(HttpResponse response) implements HttpReply {}

    /** The head at once, the body in small pieces over the given time. */
    record SlowAnswer(HttpResponse response, Duration duration) implements HttpReply {}

    /** No answer: the connection is reset (TCP RST). */
    record Reset() implements HttpReply {}

    /** No answer: the connection stays open until the client gives up. */
    record Stall() implements HttpReply {}
}
