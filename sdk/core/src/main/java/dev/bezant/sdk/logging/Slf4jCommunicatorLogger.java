package dev.bezant.sdk.logging;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** To SLF4J: messages at DEBUG, failures at WARN. */
public final class Slf4jCommunicatorLogger implements CommunicatorLogger {
    private final Logger logger;

    /** To the logger named after this class. */
    public Slf4jCommunicatorLogger() {
        this(LoggerFactory.getLogger(Slf4jCommunicatorLogger.class));
    }

    public Slf4jCommunicatorLogger(Logger logger) {
        this.logger = logger;
    }

    @Override
    public void log(String message) {
        logger.debug("{}", message);
    }

    @Override
    public void log(String message, Throwable thrown) {
        logger.warn(message, thrown);
    }
}
