package dev.bezant.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.bezant.server.PaymentWorld;
import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.http.Api;
import dev.bezant.server.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The line that every request leaves in the JSON log, member by member.
 *
 * @see "docs/protocols/payments-api.md, section 1.8"
 */
class RequestLineTest {
    private final PaymentWorld world = PaymentWorld.setup().withoutSettling().start();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Api.class);
    private final Lines lines = new Lines();

    /** Encodes as a server does: at once, on the request's own thread. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<JsonNode> all = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            all.add(Json.read(new String(new JsonLines().encode(event), StandardCharsets.UTF_8)));
        }
    }

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void close() {
        logger.setAdditive(true);
        logger.setLevel(null);
        logger.detachAppender(lines);
        world.close();
    }

    @Test
    void a_request_leaves_a_line_with_these_members() {
        Answer answer = world.post("/v1/customers", "name=Ada", "User-Agent", "Shop/1.0");
        JsonNode line = line(answer);
        assertThat(line.propertyNames()).containsExactlyInAnyOrder("timestamp", "level", "logger", "message", "request_id", "method", "path", "status_code",
                "processing_time_ms", "user_agent", "api_key_prefix");
        assertThat(Instant.parse(line.path("timestamp").asString())).isNotNull();
        assertThat(line.path("method").asString() + " " + line.path("path").asString()).isEqualTo("POST /v1/customers");
        assertThat(line.path("status_code").isInt() && line.path("status_code").intValue() == 200).isTrue();
        assertThat(line.path("processing_time_ms").isNumber()).isTrue();
        assertThat(line.path("processing_time_ms").decimalValue()).isPositive();
        assertThat(line.path("user_agent").asString()).isEqualTo("Shop/1.0");
        assertThat(line.path("api_key_prefix").asString()).isEqualTo("sk_test_...orld");
    }

    @Test
    void the_level_tells_whose_fault_it_is() {
        assertThat(level(world.get("/v1/customers"))).isEqualTo("INFO");
        assertThat(level(world.get("/v1/customers/cus_none"))).isEqualTo("WARN");
        assertThat(level(world.send("GET", "/v1/customers", null, "sk_test_unknown"))).isEqualTo("WARN");
        assertThat(level(world.pay(2000, "pm_card_visa_chargeDeclined"))).isEqualTo("WARN");
        world.direct().sql("drop table customer").update();
        Answer broken = world.get("/v1/customers");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(level(broken)).isEqualTo("ERROR");
    }

    private String level(Answer answer) {
        return line(answer).path("level").asString();
    }

    /** The line of a request, by the id in its answer's head. */
    private JsonNode line(Answer answer) {
        String id = answer.raw().headers().firstValue("Request-Id").orElseThrow();
        return Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> lines.all.stream()
                .filter(line -> line.path("message").asString().equals("request") && line.path("request_id").asString("").equals(id))
                .findFirst(), Optional::isPresent).orElseThrow();
    }
}
