package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bezant.client.Card;
import dev.bezant.client.Confirmation;
import dev.bezant.client.CorefyIntegration;
import dev.bezant.client.Customer;
import dev.bezant.client.NewCustomer;
import dev.bezant.client.NewPaymentIntent;
import dev.bezant.client.PaymentIntent;
import dev.bezant.client.PaymentMethod;
import dev.bezant.client.Refund;
import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.FieldError;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.ValidationException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client of the Corefy integration API, with a pair of keys that {@code ./bezant create-api-key} made. */
class CorefyIntegrationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final BigDecimal HUNDRED = new BigDecimal("100.00");

    @TempDir
    private static Path parent;

    private static Server server;
    private static CorefyIntegration corefy;

    @BeforeAll
    static void a_partner() {
        server = Server.start(parent.resolve("data"));
        corefy = client(keys("--partner-name", "Your Partner Name", "--key-name", "Corefy Integration Key"));
    }

    @AfterAll
    static void stop() throws IOException {
        corefy.close();
        server.close();
    }

    private static String keys(String... options) {
        var arguments = new ArrayList<>(List.of("create-api-key", "--data", parent.resolve("data").toString()));
        arguments.addAll(List.of(options));
        Shell.Result made = new Shell().run(arguments.toArray(String[]::new));
        assertThat(made.exitCode()).as(made.err()).isZero();
        return made.out().strip();
    }

    private static CorefyIntegration client(String keys) {
        return CorefyIntegration.of(URI.create(server.variable("BEZANT_URL")), SecretText.of(keys));
    }

    private static Card card(String number) {
        return new Card(SecretText.of(number), 12, 2035, SecretText.of("123"), "John Doe");
    }

    private static PaymentIntent intent() {
        return corefy.createPaymentIntent(NewPaymentIntent.of(HUNDRED, "USD").customerEmail("customer@example.com").description("Test payment"));
    }

    @Test
    void a_payment_is_made_looked_at_and_refunded() {
        PaymentIntent intent = intent();
        Confirmation confirmation = corefy.confirmPaymentIntent(intent.id(), card("4111111111111111"));
        assertThat(confirmation).isInstanceOf(Confirmation.Succeeded.class);
        assertThat(corefy.getPaymentStatus(intent.id()).amountReceived()).isEqualTo(HUNDRED);
        Refund refund = corefy.createRefund(intent.id(), new BigDecimal("50.00"), "Customer requested refund", "refund_123");
        assertThat(refund.amount()).isEqualTo(new BigDecimal("50.00"));
        assertThat(corefy.createRefund(intent.id(), new BigDecimal("50.00"), "Customer requested refund", "refund_123").id()).isEqualTo(refund.id());
        await().atMost(PATIENCE).until(() -> corefy.getPaymentStatus(intent.id()).amountRefunded().compareTo(new BigDecimal("50.00")) == 0);
    }

    @Test
    void what_is_no_success_is_another_outcome() {
        PaymentIntent intent = intent();
        assertThat(corefy.confirmPaymentIntent(intent.id(), card("4000000000000002"))).isInstanceOfSatisfying(Confirmation.Declined.class,
                declined -> assertThat(declined.declineCode()).isNotBlank());
        assertThat(corefy.confirmPaymentIntent(intent.id(), card("4000000000003220"))).isInstanceOfSatisfying(Confirmation.ActionRequired.class,
                needed -> assertThat(needed.redirect().toString()).startsWith(server.variable("BEZANT_URL")));
    }

    @Test
    void a_saved_card_pays() {
        Customer customer = corefy.createCustomer(NewCustomer.of("customer@example.com").name("John Doe").reference("cust_123"));
        assertThat(corefy.getCustomer(customer.id()).name()).isEqualTo("John Doe");
        PaymentMethod method = corefy.createPaymentMethod(customer.id(), card("4111111111111111"));
        assertThat(corefy.getPaymentMethods(customer.id())).containsExactly(method);
        PaymentIntent intent = corefy.createPaymentIntent(NewPaymentIntent.of(new BigDecimal("25"), "USD").customerId(customer.id()));
        assertThat(corefy.confirmPaymentIntent(intent.id(), method.id(), CallContext.none())).isInstanceOf(Confirmation.Succeeded.class);
    }

    @Test
    void methods_and_the_connection_are_told() {
        assertThat(corefy.getSupportedPaymentMethods()).anyMatch(method -> method.code().equals("card"));
        assertThat(corefy.testConnection().success()).isTrue();
    }

    @Test
    void what_is_wrong_is_told_by_field() {
        assertThatThrownBy(() -> corefy.createPaymentIntent(NewPaymentIntent.of(HUNDRED, "XXX").customerEmail("nobody")))
                .isInstanceOfSatisfying(ValidationException.class, e -> {
                    assertThat(e.errors()).extracting(FieldError::field).containsExactlyInAnyOrder("currency", "customer_email");
                    assertThat(e.problem().code()).isEqualTo("validation_error");
                });
    }

    @Test
    void partners_are_strangers_to_each_other_and_scopes_hold() {
        PaymentIntent intent = intent();
        try (CorefyIntegration stranger = client(keys("--partner-name", "Somebody Else"))) {
            assertThatThrownBy(() -> stranger.getPaymentStatus(intent.id())).isInstanceOf(ReferenceException.class);
        }
        String readOnly = keys("--partner-name", "Your Partner Name", "--scopes", "read");
        try (CorefyIntegration reader = client(readOnly)) {
            assertThat(reader.getPaymentStatus(intent.id()).id()).isEqualTo(intent.id());
            assertThatThrownBy(() -> reader.createRefund(intent.id(), null, null, null)).isInstanceOf(AuthorizationException.class);
        }
        try (CorefyIntegration mixed = client(readOnly.substring(0, readOnly.indexOf(':')) + ":sk_test_" + "0".repeat(32))) {
            assertThatThrownBy(() -> mixed.getPaymentStatus(intent.id())).isInstanceOf(AuthenticationException.class)
                    .extracting(e -> ((ApiException) e).problem().code()).isEqualTo("authentication_error");
        }
    }

    @Test
    void wrong_settings_of_corefy_are_told_all_at_once_and_right_ones_connect_every_account() throws IOException {
        Path data = parent.resolve("other");
        try (Server refused = Server.launch(new Shell().with("COREFY_API_KEY", "short").with("COREFY_TIMEOUT_SECONDS", "60"), data, "--no-sandbox")) {
            await().atMost(PATIENCE).until(() -> refused.printed().contains("settings of Corefy"));
            assertThat(refused.printed()).contains("COREFY_API_KEY is too short", "COREFY_CLIENT_KEY is missing", "COREFY_CARDGATE_URL is missing",
                    "COREFY_TIMEOUT_SECONDS is 60");
        }
        Shell set = new Shell().with("COREFY_API_KEY", "an-api-key-of-corefy").with("COREFY_CLIENT_KEY", "coma_1").with("COREFY_SANDBOX_MODE", "True")
                .with("COREFY_BASE_URL", "http://127.0.0.1:9").with("COREFY_CARDGATE_URL", "http://127.0.0.1:9").with("COREFY_RETRY_COUNT", "0");
        try (Server started = Server.launch(set, data, "--no-sandbox")) {
            started.awaitReady();
            Shell.Result listed = new Shell().run("providers", "list", "quickstart", "--data", data.toString());
            assertThat(listed.out()).contains("corefy", "environment", "\"calls_per_minute\":600");
        }
    }
}
