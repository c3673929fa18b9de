package dev.bezant.cardinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.logging.Slf4jCommunicatorLogger;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Everything that any logger of the JVM says during a payment, at the most talkative level. */
class NoLeakTest {
    private static final String[] SECRETS = {
        "4111111111111111", "0123", "Ona Petraite", "Gedimino", "ona@example.com", "+37060000000", "192.0.2.7", "secret-creq", "secret-cres",
        "secret-pares", "oauth_signature", "consumer-secret"
    };

    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private HttpServer server;
    private volatile int status = 202;
    private volatile String body = CardinityClientTest.payment("pending",
            ",\"threeds2_data\":{\"acs_url\":\"https://acs.example/\",\"creq\":\"secret-creq\"},"
                    + "\"authorization_information\":{\"url\":\"https://acs.example/\",\"data\":\"secret-pares\"}");

    @BeforeEach
    void start() throws IOException {
        events.start();
        root.addAppender(events);
        root.setLevel(Level.TRACE);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        root.detachAppender(events);
        root.setLevel(Level.INFO);
        server.stop(0);
    }

    @Test
    void nothing_secret_is_logged_with_logging_on_and_every_logger_at_its_most_talkative() {
        try (var client = client(Clock.systemUTC())) {
            client.enableLogging(new Slf4jCommunicatorLogger());
            client.payments().create(payment());
            client.payments().finalize3ds2("8e037fbb-fe5b-4781-b109-b3e93d5f2c0d", "secret-cres");
            client.payments().finalize3ds1("8e037fbb-fe5b-4781-b109-b3e93d5f2c0d", "secret-pares");
        }
        String logged = events.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
        assertThat(logged).contains("\"pan\":\"411111******1111\"", "\"cvc\":\"***\"", "\"cres\":\"********\"", "\"creq\":\"********\"",
                "Authorization=\"********\"").doesNotContain(SECRETS);
    }

    @Test
    void objects_and_exceptions_print_nothing_secret_either() {
        assertThat(List.of(payment(), payment().card(), payment().terms()).toString()).doesNotContain(SECRETS);
    }

    @Test
    void a_refused_signature_tells_how_far_the_clocks_are_apart() {
        status = 401;
        body = "{\"type\":\"t\",\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"no\"}";
        try (var client = client(Clock.offset(Clock.systemUTC(), Duration.ofHours(2)))) {
            var refused = catchThrowableOfType(AuthenticationException.class, () -> client.payments().create(payment()));
            assertThat(refused.clockSkew().orElseThrow()).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
            assertThat(refused.mayHaveTakenEffect()).isFalse();
        }
    }

    @Test
    void the_asynchronous_form_does_the_same_and_a_closed_client_says_so() {
        var client = client(Clock.systemUTC());
        assertThat(client.payments().createAsync(payment(), dev.bezant.sdk.CallContext.none()).join())
                .isInstanceOf(PaymentOutcome.Pending3ds1.class);
        client.close();
        assertThat(catchThrowableOfType(ClientClosedException.class, () -> client.payments().create(payment()))).isNotNull();
    }

    private CardinityClient client(Clock clock) {
        return CardinityClient.builder()
                .baseUrl(URI.create("http://localhost:" + server.getAddress().getPort() + "/v1"))
                .consumerKey("key")
                .consumerSecret(SecretText.of("consumer-secret"))
                .clock(clock)
                .build();
    }

    private static CardPayment payment() {
        var browser = new BrowserInfo("text/html", "en-US", 1920, 1040, ChallengeWindowSize.forScreen(1920, 1040), "Mozilla/5.0", 24, -120,
                "192.0.2.7", null, true);
        var address = new Address("Gedimino 1", null, null, "Gediminas", "LT", "01103", null);
        var holder = new CardholderInfo("ona@example.com", "+37060000000", null, null);
        return new CardPayment(
                PaymentTerms.of(new BigDecimal("50.00"), "EUR", "LT"),
                new Card(SecretText.of("4111111111111111"), 2030, 12, SecretText.of("0123"), "Ona Petraite"),
                new ThreeDs2Data(URI.create("https://shop.example/3ds"), browser, address, address, holder));
    }
}
