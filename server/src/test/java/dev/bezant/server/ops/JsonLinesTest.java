package dev.bezant.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.bezant.server.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;

class JsonLinesTest {
    @Test
    void an_event_is_one_line_with_its_context_and_its_error() {
        var context = new LoggerContext();
        var event = new LoggingEvent("", context.getLogger("dev.bezant.X"), Level.WARN, "said \"{}\"\nand more", new IllegalStateException("why"),
                new Object[] {"no"});
        event.setMDCPropertyMap(Map.of("request_id", "req_1"));
        event.addKeyValuePair(new KeyValuePair("status", 402));
        String text = new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n").hasLineCount(1);
        JsonNode line = Json.read(text);
        assertThat(line.path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("message").asString()).isEqualTo("said \"no\"\nand more");
        assertThat(line.path("request_id").asString()).isEqualTo("req_1");
        assertThat(line.path("status").asInt()).isEqualTo(402);
        assertThat(line.path("error").asString()).contains("IllegalStateException", "why");
    }
}
