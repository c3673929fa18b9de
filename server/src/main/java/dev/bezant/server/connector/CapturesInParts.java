package dev.bezant.server.connector;

/**
 * A provider that captures one authorization several times: {@link Connector.Movement#last} of a capture is false where the rest stays
 * authorized. A void releases what has not been captured. Without this ability every capture is the last.
 */
public interface CapturesInParts {}
