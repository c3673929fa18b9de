package dev.bezant.server.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.bezant.server.kernel.CardNumbers;
import dev.bezant.server.kernel.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * One log event as one line of JSON: time, level, logger, message, what the line is about, and the error if there is one.
 *
 * <p>No line is meant to hold a card number. One that does all the same, in words of a library say, is masked here.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = Json.object();
        line.put("timestamp", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", CardNumbers.masked(event.getFormattedMessage()));
        event.getMDCPropertyMap().forEach(line::put);
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> {
                switch (pair.value) {
                    case Integer number -> line.put(pair.key, number);
                    case Long number -> line.put(pair.key, number);
                    case BigDecimal number -> line.put(pair.key, number);
                    case Boolean flag -> line.put(pair.key, flag);
                    case null -> line.putNull(pair.key);
                    default -> line.put(pair.key, CardNumbers.masked(pair.value.toString()));
                }
            });
        }
        if (event.getThrowableProxy() != null) {
            line.put("error", CardNumbers.masked(ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
        return (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
