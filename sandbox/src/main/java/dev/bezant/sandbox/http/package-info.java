/**
 * A small HTTP/1.1 server on plain sockets and virtual threads. It exists because a simulator must be able to misbehave below HTTP:
 * reset a connection, never answer, send half a body, close its port. Entry point: {@link dev.bezant.sandbox.http.HttpServer}. Knows
 * nothing of payments.
 */
@NullMarked
package dev.bezant.sandbox.http;

import org.jspecify.annotations.NullMarked;
