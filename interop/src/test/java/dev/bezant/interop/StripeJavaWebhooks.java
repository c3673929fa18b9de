package dev.bezant.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeObject;
import com.stripe.model.WebhookEndpoint;
import com.stripe.net.Webhook;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import com.stripe.param.WebhookEndpointUpdateParams;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stripe's Java client, as it is, sets up webhook endpoints, verifies what they are sent, and makes its own types of it. */
abstract class StripeJavaWebhooks {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private record Call(String path, String signature, String ourSignature, String body) {}

    private static final List<Call> CALLS = new CopyOnWriteArrayList<>();
    private static HttpServer shop;

    private final StripeClient stripe = StripeClients.merchant();

    @BeforeAll
    static void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", exchange -> {
            try (exchange) {
                CALLS.add(new Call(exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("Stripe-Signature"),
                        exchange.getRequestHeaders().getFirst("Payments-Signature"), new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        shop.start();
    }

    @AfterAll
    static void stop() {
        shop.stop(0);
    }

    @BeforeEach
    void forget() {
        CALLS.clear();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + shop.getAddress().getPort() + path;
    }

    /** What came to a path, verified by the client. */
    private static List<Event> events(String path, String secret, int count) {
        await().atMost(PATIENCE).until(() -> CALLS.stream().filter(call -> call.path().equals(path)).count() >= count);
        return CALLS.stream().filter(call -> call.path().equals(path)).map(call -> verified(call, secret)).toList();
    }

    private static Event verified(Call call, String secret) {
        assertThat(call.ourSignature()).isEqualTo(call.signature());
        try {
            String body = call.body();
            String signature = call.signature();
            Event event = Webhook.constructEvent(body, signature, secret);
            return event;
        } catch (SignatureVerificationException e) {
            throw new AssertionError(e);
        }
    }

    private static StripeObject object(List<Event> events, String type) {
        return events.stream().filter(event -> event.getType().equals(type)).findFirst().orElseThrow().getDataObjectDeserializer().getObject().orElseThrow();
    }

    /** Without a version an endpoint speaks as its account does, which is our own dialect: the client reads that too. */
    @ParameterizedTest
    @ValueSource(strings = {"", "2026-07-29.dahlia"})
    void a_payment_arrives_as_typed_objects(String version) throws StripeException {
        String path = "/typed" + version;
        var params = WebhookEndpointCreateParams.builder().setUrl(url(path)).addEnabledEvent(EnabledEvent.ALL);
        if (!version.isEmpty()) {
            params.putExtraParam("api_version", version);
        }
        WebhookEndpoint endpoint = stripe.v1().webhookEndpoints().create(params.build());
        Customer customer = stripe.v1().customers().create(CustomerCreateParams.builder().setName("Ada").build());
        PaymentIntent paid = stripe.v1().paymentIntents().create(PaymentIntentCreateParams.builder().setAmount(1999L).setCurrency("eur")
                .setCustomer(customer.getId()).setPaymentMethod("pm_card_visa").setConfirm(true).setReturnUrl("https://shop.example/").build());
        stripe.v1().customers().update(customer.getId(), CustomerUpdateParams.builder().setName("Ben").build());

        List<Event> events = events(path, endpoint.getSecret(), 5);
        assertThat(((PaymentIntent) object(events, "payment_intent.succeeded")).getId()).isEqualTo(paid.getId());
        assertThat(((PaymentIntent) object(events, "payment_intent.succeeded")).getAmountReceived()).isEqualTo(1999);
        assertThat(((Charge) object(events, "charge.succeeded")).getPaymentIntent()).isEqualTo(paid.getId());
        assertThat(((Customer) object(events, "customer.updated")).getName()).isEqualTo("Ben");
        Event updated = events.stream().filter(event -> event.getType().equals("customer.updated")).findFirst().orElseThrow();
        assertThat(updated.getData().getPreviousAttributes()).containsEntry("name", "Ada");
        assertThat(updated.getLivemode()).isFalse();
        assertThat(updated.getRequest().getId()).startsWith("req_");
        assertThat(stripe.v1().events().retrieve(updated.getId()).getType()).isEqualTo("customer.updated");
        stripe.v1().webhookEndpoints().delete(endpoint.getId());
    }

    @Test
    void a_wrong_secret_another_body_and_an_old_time_are_refused_by_the_client() throws StripeException {
        WebhookEndpoint endpoint = stripe.v1().webhookEndpoints().create(
                WebhookEndpointCreateParams.builder().setUrl(url("/refused")).addEnabledEvent(EnabledEvent.CUSTOMER__CREATED).build());
        stripe.v1().customers().create(CustomerCreateParams.builder().setName("Ada").build());
        events("/refused", endpoint.getSecret(), 1);
        Call call = CALLS.getFirst();

        assertThatThrownBy(() -> Webhook.constructEvent(call.body(), call.signature(), "whsec_other")).isInstanceOf(SignatureVerificationException.class);
        assertThatThrownBy(() -> Webhook.constructEvent(call.body() + " ", call.signature(), endpoint.getSecret())).isInstanceOf(SignatureVerificationException.class);
        assertThatThrownBy(() -> Webhook.constructEvent(call.body(), call.signature().replace("t=1", "t=0"), endpoint.getSecret()))
                .isInstanceOf(SignatureVerificationException.class);
        stripe.v1().webhookEndpoints().delete(endpoint.getId());
    }

    @Test
    void endpoints_are_managed_by_its_own_methods() throws StripeException {
        WebhookEndpoint made = stripe.v1().webhookEndpoints().create(WebhookEndpointCreateParams.builder().setUrl(url("/managed")).setDescription("Shop")
                .addEnabledEvent(EnabledEvent.PAYMENT_INTENT__SUCCEEDED).addEnabledEvent(EnabledEvent.CHARGE__REFUNDED).setConnect(false)
                .putMetadata("shop", "7").build());
        assertThat(made.getSecret()).startsWith("whsec_");
        assertThat(made.getStatus()).isEqualTo("enabled");
        assertThat(made.getEnabledEvents()).containsExactly("payment_intent.succeeded", "charge.refunded");
        WebhookEndpoint changed = stripe.v1().webhookEndpoints().update(made.getId(), WebhookEndpointUpdateParams.builder().setDisabled(true).build());
        assertThat(changed.getStatus()).isEqualTo("disabled");
        assertThat(changed.getSecret()).isNull();
        assertThat(stripe.v1().webhookEndpoints().retrieve(made.getId()).getMetadata()).containsEntry("shop", "7");
        assertThat(stripe.v1().webhookEndpoints().list().getData()).extracting(WebhookEndpoint::getId).contains(made.getId());
        assertThat(stripe.v1().webhookEndpoints().delete(made.getId()).getDeleted()).isTrue();
        assertThatThrownBy(() -> stripe.v1().webhookEndpoints().retrieve(made.getId())).isInstanceOf(InvalidRequestException.class)
                .extracting(e -> ((InvalidRequestException) e).getCode()).isEqualTo("resource_missing");
    }

    @Test
    void events_are_listed_by_whether_they_arrived() throws StripeException {
        stripe.v1().customers().create(CustomerCreateParams.builder().setName("Ada").build());
        assertThat(stripe.v1().events().list(EventListParams.builder().setDeliverySuccess(true).setLimit(1L).build()).getData()).hasSize(1);
        assertThat(stripe.v1().events().list(EventListParams.builder().addType("customer.created").setLimit(1L).build()).getData().getFirst().getPendingWebhooks())
                .isZero();
    }

    @Test
    void events_are_listed_and_read_as_typed_objects() throws StripeException {
        PaymentIntent paid = stripe.v1().paymentIntents().create(PaymentIntentCreateParams.builder().setAmount(1500L).setCurrency("eur")
                .setPaymentMethod("pm_card_visa").setConfirm(true).build());
        Event listed = stripe.v1().events().list(EventListParams.builder().setType("payment_intent.succeeded").setLimit(10L).build()).getData().stream()
                .filter(event -> intent(event).getId().equals(paid.getId())).findFirst().orElseThrow();
        Event read = stripe.v1().events().retrieve(listed.getId());
        assertThat(read.getApiVersion()).isEqualTo(Stripe.API_VERSION);
        assertThat(read.getRequest().getIdempotencyKey()).isEqualTo(paid.getLastResponse().idempotencyKey());
        assertThat(intent(read).getAmountReceived()).isEqualTo(1500);
    }

    private static PaymentIntent intent(Event event) {
        return (PaymentIntent) event.getDataObjectDeserializer().getObject().orElseThrow();
    }
}
