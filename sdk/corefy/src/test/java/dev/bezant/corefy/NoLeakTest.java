package dev.bezant.corefy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.logging.Slf4jCommunicatorLogger;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Everything that any logger of the JVM says during a payment, at the most talkative level. */
class NoLeakTest {
    private static final String[] SECRETS = {
        "5123817234060000", "5519283812030000", "0123", "Ona Petraite", "Gedimino", "ona@example.com", "+37060000000", "1990-05-17", "192.0.2.7",
        "Mozilla/5.0", "api_key_example", "YXBpX2tleV9leGFtcGxl", "pk_test_1", "secret-creq", "tok-secret-1234567890", "secret-signing",
        "eyJhbGciOiJIUzI1NiJ9", "secret-recipient"
    };

    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        events.start();
        root.addAppender(events);
        root.setLevel(Level.TRACE);
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() {
        root.detachAppender(events);
        root.setLevel(Level.INFO);
        server.close();
    }

    private String logged() {
        return events.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    }

    private static Customer customer() {
        return Customer.of("C-7").withName("Ona Petraite").withEmail("ona@example.com").withPhone("+37060000000")
                .withDateOfBirth(LocalDate.of(1990, 5, 17)).withAddress(new Address("LT", null, "Vilnius", "Gedimino 1", "01103", null))
                .withIp("192.0.2.7");
    }

    private static NewInvoice invoice() {
        return NewInvoice.builder("ORD-1", "payment_card_eur_hpp", new BigDecimal("50.00"), "EUR").customer(customer())
                .token(SecretText.of("tok-secret-1234567890")).build();
    }

    private static NewPayout payout() {
        return NewPayout.builder("OUT-1", "payment_card_eur", BigDecimal.TEN, "EUR").card(SecretText.of("5519283812030000"), 4, 30, "Ona Petraite")
                .fields(Map.of("account_number", "secret-recipient-7777")).customer(customer()).build();
    }

    @Test
    void nothing_secret_is_logged_with_logging_on_and_every_logger_at_its_most_talkative() {
        String created = Fixtures.invoice("ORD-1", "process_pending").replace("\"payload\":[]",
                "\"payload\":{\"token\":\"tok-secret-1234567890\",\"client_ip\":\"192.0.2.7\",\"payment_card\":{\"holder\":\"Ona Petraite\"}}")
                .replace("\"links\":[]}}", "\"links\":[]},\"included\":[{\"type\":\"customers\",\"id\":\"cus_1\","
                        + "\"attributes\":{\"name\":\"Ona Petraite\"}}]}");
        server.then(201, created)
                .then(201, "{\"status\":\"process_pending\",\"auth_payload\":{\"action\":\"https://acs.example/\",\"method\":\"POST\","
                        + "\"params\":{\"creq\":\"secret-creq\"}}}")
                .then(422, "{\"errors\":[{\"title\":\"No\",\"detail\":\"5519283812030000 cannot be paid\"}]}")
                .then(404, "{\"errors\":[{\"title\":\"No\"}]}")
                .then(200, "{\"data\":{\"attributes\":{\"currency\":\"EUR\",\"services\":[],\"methods\":[]}}}");
        try (var client = CorefyClient.of(Fixtures.config(server).build())) {
            client.enableLogging(new Slf4jCommunicatorLogger());
            var made = client.paymentInvoices().create(invoice());
            client.cardGate().sale(made, Fixtures.card(), Fixtures.browser());
            var refused = catchThrowableOfType(RuntimeException.class, () -> client.payouts().create(payout()));
            client.publicApi().paymentServices("EUR", null);
            assertThat(refused.toString()).doesNotContain(SECRETS);
        }
        assertThat(logged()).contains("************ cannot be paid", "\"card_number\":\"512381******0000\"", "\"cvv\":\"***\"",
                "\"token\":\"********\"", "Authorization=\"********\"").doesNotContain(SECRETS);
    }

    @Test
    void the_intents_dialect_keeps_its_secrets_too() {
        server.then(200, "{\"id\":\"pi_1\",\"status\":\"requires_action\",\"client_secret\":\"secret-signing\","
                + "\"next_action\":{\"url\":\"https://acs.example/\",\"method\":\"POST\",\"fields\":{\"creq\":\"secret-creq\"}}}");
        var config = CorefyConfig.builder().dialect(Dialect.INTENTS).baseUrl(server.uri("")).accountId("client").apiKey(SecretText.of("api_key_example"))
                .secretKey(SecretText.of("secret-signing")).testMode(true).build();
        try (var client = CorefyIntentsClient.of(config)) {
            client.enableLogging(new Slf4jCommunicatorLogger());
            client.paymentIntents().confirm("pi_1", Fixtures.card(), Fixtures.browser());
        }
        assertThat(logged()).contains("X-API-Key=\"********\"", "X-Signature=\"********\"", "\"card_cvv\":\"***\"").doesNotContain(SECRETS);
    }

    @Test
    void objects_print_nothing_secret_either() {
        assertThat(List.of(invoice(), payout(), customer(), Fixtures.card(), Fixtures.browser(), Fixtures.config(server).build()).toString())
                .doesNotContain(SECRETS);
    }

    @Test
    void the_asynchronous_form_does_the_same_and_a_closed_client_says_so() {
        server.then(201, Fixtures.invoice("ORD-1", "process_pending"));
        var client = CorefyClient.of(Fixtures.config(server).build());
        assertThat(client.paymentInvoices().createAsync(Fixtures.newInvoice("ORD-1"), CallContext.none()).join().id()).isEqualTo(Fixtures.INVOICE);
        client.close();
        assertThat(catchThrowableOfType(ClientClosedException.class, () -> client.paymentInvoices().get(Fixtures.INVOICE))).isNotNull();
        assertThat(catchThrowableOfType(ClientClosedException.class, client.account()::balances)).isNotNull();
    }
}
