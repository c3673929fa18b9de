package dev.bezant.sandbox.http;

import java.time.Duration;

/**
 * What one connection may use.
 *
 * @param lineBytesMax longest request line or header line
 * @param headerBytesMax all header lines together
 * @param bodyBytesMax longest request body
 * @param connectionsMax open connections per server; more are closed at once
 * @param idle longest silence on a kept-alive connection, and longest pause within a request
 */
public record HttpLimits(int lineBytesMax, int headerBytesMax, int bodyBytesMax, int connectionsMax, Duration idle) {
    public static final HttpLimits STANDARD = new HttpLimits(16 * 1024, 64 * 1024, 1024 * 1024, 10_000, Duration.ofSeconds(60));
}
