package dev.bezant.server.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Where log lines go: JSON to standard error for whoever collects them; on a terminal text to standard error, and the JSON to
 * {@code DATA/logs/bezant.log}.
 */
final class Logs {
    private static final String FOR_PEOPLE = "%d{HH:mm:ss} %-5level %msg %X{request_id}%n";
    private static final long FILE_BYTES_MAX = 20L << 20;
    private static final int FILES_MAX = 5;
    /** Libraries that tell about themselves what nobody asked. */
    private static final List<String> QUIET = List.of("com.zaxxer.hikari", "org.flywaydb", "io.helidon", "org.apache.hc");

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    private Logs() {}

    /** For commands that end soon: warnings and errors, as text. */
    static void forCommands() {
        new Logs().apply(Level.WARN, Format.TEXT);
    }

    static void forServing(Settings settings, Path directory) {
        var logs = new Logs();
        boolean text = switch (settings.get(Settings.LOG_FORMAT)) {
            case AUTO -> Terminal.attached();
            case TEXT -> true;
            case JSON -> false;
        };
        logs.apply(Level.toLevel(settings.get(Settings.LOG_LEVEL).name()), text ? Format.TEXT : Format.JSON);
        if (text) {
            logs.root().addAppender(logs.file(directory.resolve("bezant.log")));
        }
    }

    private enum Format {
        TEXT,
        JSON
    }

    private void apply(Level level, Format format) {
        context.reset();
        root().setLevel(level);
        QUIET.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        root().addAppender(standardError(format));
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private Logger root() {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private Appender<ILoggingEvent> standardError(Format format) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(format));
        appender.start();
        return appender;
    }

    private Appender<ILoggingEvent> file(Path file) {
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder(Format.JSON));
        var rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMaxIndex(FILES_MAX);
        rolling.start();
        var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        trigger.setContext(context);
        trigger.setMaxFileSize(new FileSize(FILE_BYTES_MAX));
        trigger.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        appender.start();
        return appender;
    }

    private Encoder<ILoggingEvent> encoder(Format format) {
        return switch (format) {
            case JSON -> {
                var encoder = new JsonLines();
                encoder.setContext(context);
                encoder.start();
                yield encoder;
            }
            case TEXT -> {
                var encoder = new PatternLayoutEncoder();
                encoder.setContext(context);
                encoder.setPattern(FOR_PEOPLE);
                encoder.start();
                yield encoder;
            }
        };
    }
}
