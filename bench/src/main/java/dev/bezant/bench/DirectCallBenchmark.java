package dev.bezant.bench;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.worldline.direct.DirectClient;
import dev.bezant.worldline.direct.model.Address;
import dev.bezant.worldline.direct.model.BrowserData;
import dev.bezant.worldline.direct.model.Card;
import dev.bezant.worldline.direct.model.CardPaymentMethodSpecificInput;
import dev.bezant.worldline.direct.model.ChallengeIndicator;
import dev.bezant.worldline.direct.model.CreatePaymentRequest;
import dev.bezant.worldline.direct.model.CreatePaymentResponse;
import dev.bezant.worldline.direct.model.Customer;
import dev.bezant.worldline.direct.model.CustomerDevice;
import dev.bezant.worldline.direct.model.ExpiryDate;
import dev.bezant.worldline.direct.model.LocaleCode;
import dev.bezant.worldline.direct.model.Money;
import dev.bezant.worldline.direct.model.Order;
import dev.bezant.worldline.direct.model.OrderReferences;
import dev.bezant.worldline.direct.model.PaymentProductIds;
import dev.bezant.worldline.direct.model.RedirectionData;
import dev.bezant.worldline.direct.model.ThreeDSecure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a call through the Worldline Direct SDK costs (check, marshal, sign, send, read, with logging off), beside Apache HttpClient alone that sends
 * the same bytes to the same server and reads the same answer as bytes; and the SDK without any network. With allocation per call:
 *
 * <pre>
 * mvn -q -B -pl bench -am package -DskipTests -Dquick
 * java -jar bench/target/bezant-bench.jar DirectCallBenchmark -prof gc
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DirectCallBenchmark {
    private static final String ANSWER = """
            {"creationOutput":{"externalReference":"ORD-1001","isNewToken":false,"tokenizationSucceeded":false},"payment":{"id":"3254564310_0",\
            "status":"PENDING_CAPTURE","statusOutput":{"isCancellable":true,"statusCategory":"PENDING_MERCHANT","statusCode":5,"isAuthorized":true,\
            "isRefundable":false},"paymentOutput":{"amountOfMoney":{"amount":2980,"currencyCode":"EUR"},"acquiredAmount":{"amount":2980,\
            "currencyCode":"EUR"},"references":{"merchantReference":"ORD-1001"},"customer":{"device":{"ipAddressCountryCode":"99"}},\
            "paymentMethod":"card","cardPaymentMethodSpecificOutput":{"paymentProductId":1,"authorisationCode":"537636403","card":{\
            "cardNumber":"************0026","expiryDate":"1230","bin":"401200","countryCode":"BE"},"fraudResults":{"fraudServiceResult":"accepted",\
            "avsResult":"0","cvvResult":"0"},"threeDSecureResults":{"version":"2.2.0","flow":"frictionless","eci":"5","schemeEci":"05",\
            "authenticationStatus":"Y","challengeIndicator":"no-challenge-requested","liability":"issuer"}}}}}""";

    private final CreatePaymentRequest payment = payment();
    private @Nullable StubServer server;
    private @Nullable DirectClient client;
    private @Nullable DirectClient offline;
    private @Nullable CloseableHttpClient apache;
    private @Nullable WireRequest sent;

    /** Starts the server and the clients, and catches what the SDK sends, for the others to send the same. */
    @Setup(Level.Trial)
    public void start() throws IOException {
        var stub = new StubServer(201, ANSWER);
        server = stub;
        client = builder(stub).connectionOptions(ConnectionOptions.builder().maxConnections(10).build()).build();
        offline = builder(stub).connection(new Canned(new WireResponse(
                201, Headers.of("Content-Type", "application/json"), ANSWER.getBytes(StandardCharsets.UTF_8)))).build();
        apache = HttpClients.custom().disableAutomaticRetries().disableRedirectHandling().disableCookieManagement()
                .disableContentCompression().disableDefaultUserAgent().build();
        var catching = new Canned(new WireResponse(201, Headers.empty(), ANSWER.getBytes(StandardCharsets.UTF_8)));
        try (var once = builder(stub).connection(catching).build()) {
            call(once);
        }
        sent = catching.last;
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        Objects.requireNonNull(client).close();
        Objects.requireNonNull(offline).close();
        Objects.requireNonNull(apache).close();
        Objects.requireNonNull(server).close();
    }

    /** Through the SDK, over HTTP. */
    @Benchmark
    public CreatePaymentResponse sdk() {
        return call(Objects.requireNonNull(client));
    }

    /** The same bytes with Apache HttpClient alone: nothing is marshalled, signed or understood. */
    @Benchmark
    public byte[] apache() throws IOException {
        WireRequest request = Objects.requireNonNull(sent);
        var post = new HttpPost(request.uri());
        request.headers().list().forEach(header -> post.addHeader(header.name(), header.value()));
        post.setEntity(new ByteArrayEntity(Objects.requireNonNull(request.body()), null));
        return Objects.requireNonNull(apache).execute(post, response -> {
            try (InputStream in = response.getEntity().getContent()) {
                return in.readAllBytes();
            }
        });
    }

    /** What the SDK does besides sending: checks, JSON out, signature, JSON in. */
    @Benchmark
    public CreatePaymentResponse sdkWithoutNetwork() {
        return call(Objects.requireNonNull(offline));
    }

    private CreatePaymentResponse call(DirectClient direct) {
        return direct.merchant("PSPID").payments().createPayment(payment, CallContext.none());
    }

    private static DirectClient.Builder builder(StubServer stub) {
        return DirectClient.builder().endpoint(stub.uri()).apiKeyId("5e45c937b9db33ae")
                .secretApiKey(SecretText.of("I42Zf4pVnRdroHfuHnRiJjJ2B6+22h0yQt/R3nZR8Xg=")).integrator("Bezant bench");
    }

    /** A card payment with 3-D Secure and the whole device data, as shops send it. */
    private static CreatePaymentRequest payment() {
        var device = CustomerDevice.builder().acceptHeader("*/*").ipAddress("203.0.113.9").locale(LocaleCode.of("en-GB"))
                .timezoneOffsetUtcMinutes("-60").userAgent("Mozilla/5.0")
                .browserData(BrowserData.builder().colorDepth(24).javaEnabled(false).javaScriptEnabled(true).screenHeight("768").screenWidth("1024")
                        .build())
                .build();
        return CreatePaymentRequest.builder()
                .order(Order.builder()
                        .amountOfMoney(Money.of(2980, "EUR"))
                        .references(OrderReferences.builder().merchantReference("ORD-1001").build())
                        .customer(Customer.builder().locale(LocaleCode.of("en_GB"))
                                .billingAddress(Address.builder().countryCode("BE").city("Gent").zip("9000").street("Main").build())
                                .device(device).build())
                        .build())
                .cardPaymentMethodSpecificInput(CardPaymentMethodSpecificInput.builder()
                        .paymentProductId(PaymentProductIds.VISA)
                        .card(Card.builder().cardNumber(SecretText.of("4012000033330026")).cvv(SecretText.of("123"))
                                .expiryDate(ExpiryDate.of(12, 2030)).cardholderName("A B").build())
                        .threeDSecure(ThreeDSecure.builder().challengeIndicator(ChallengeIndicator.NO_PREFERENCE)
                                .redirectionData(RedirectionData.builder().returnUrl("https://shop.example/3ds").build()).build())
                        .build())
                .build();
    }
}
