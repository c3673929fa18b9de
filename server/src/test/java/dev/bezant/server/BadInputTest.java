package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.testing.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every wrong request of {@code bad-input.txt} is refused in the API's own words, and none of them changes anything.
 *
 * <p>The file's head explains its columns.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final Pattern REPEATED = Pattern.compile("<(.+?)\\*(\\d+)>");
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");
    private static final Pattern NAME = Pattern.compile("\\$([a-z_]+)");
    private static final String PARTNERS = "/api/integrations/corefy/";
    private static final Pattern CARD_NUMBER = Pattern.compile("(?:\\d[ -]?){12,}\\d");

    private PaymentWorld world;
    private final Map<String, String> names = new LinkedHashMap<>();
    private Map<String, String> before;
    private List<String> movementsBefore;

    /** One line of the file. */
    record Case(String method, String path, String body, String expected, List<String> options) {
        @Override
        public String toString() {
            return method + " " + path + " | " + body + " | " + expected + (options.isEmpty() ? "" : " | " + String.join(" | ", options));
        }
    }

    @BeforeAll
    void make_objects_in_every_state() {
        world = PaymentWorld.setup().withoutSettling().start();
        customers();
        intents();
        strangers();
        hooks();
        before = contents();
        movementsBefore = world.movements();
    }

    @AfterAll
    void nothing_has_changed() {
        try (PaymentWorld closing = world) {
            assertThat(contents()).isEqualTo(before);
            assertThat(closing.movements()).isEqualTo(movementsBefore);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void is_refused(Case wrong) {
        RawHttp.Response answer = send(wrong);

        boolean partners = wrong.path().startsWith(PARTNERS);
        assertThat(partners ? partnersError(answer) : answer.error()).as(answer.body()).isEqualTo(named(wrong.expected()));
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Request-Id")).matches("req_[0-9A-Za-z]{20}");
        assertThat(answer.json().at(partners ? "/request_id" : "/error/request_id").asString()).isEqualTo(answer.header("Request-Id"));
        assertThat(answer.header("Server-Timing")).startsWith("total;dur=");
        String message = answer.json().at(partners ? "/message" : "/error/message").asString();
        assertThat(message).isNotBlank().doesNotContainPattern(CARD_NUMBER);
        assertThat(String.valueOf(partners ? answer.json().path("details") : answer.json().at("/error/param"))).doesNotContainPattern(CARD_NUMBER);
        for (String option : wrong.options()) {
            checkAnswer(option, answer, message);
        }
    }

    /** {@code 400 validation_error amount,currency}. */
    private static String partnersError(RawHttp.Response answer) {
        String fields = String.join(",", new TreeSet<>(answer.json().path("details").propertyNames()));
        return answer.status() + " " + answer.json().path("error_code").asString() + " " + (fields.isEmpty() ? "-" : fields);
    }

    private static void checkAnswer(String option, RawHttp.Response answer, String message) {
        if (option.startsWith("says ")) {
            assertThat(message).contains(option.substring(5));
        } else if (option.startsWith("answers ")) {
            String[] header = option.substring(8).split(": ", 2);
            assertThat(answer.header(header[0])).isEqualTo(header[1]);
        }
    }

    private RawHttp.Response send(Case wrong) {
        byte[] body = bytes(named(wrong.body()));
        var head = new StringBuilder();
        head.append(wrong.method()).append(' ').append(repeated(named(wrong.path()))).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        var headers = new LinkedHashMap<String, String>();
        headers.put("Authorization", "Bearer " + (wrong.path().startsWith(PARTNERS) ? PaymentWorld.pair(PaymentWorld.SECRET) : PaymentWorld.SECRET));
        if (!wrong.body().isEmpty()) {
            headers.put("Content-Type", wrong.body().startsWith("{") || wrong.body().startsWith("json:") ? "application/json" : "application/x-www-form-urlencoded");
        }
        for (String option : wrong.options()) {
            if (option.startsWith("key ")) {
                headers.put("Authorization", authorization(option.substring(4)));
            } else if (!option.startsWith("says ") && !option.startsWith("answers ")) {
                String[] header = option.split(":", 2);
                headers.put(header[0], repeated(header[1].trim()));
            }
        }
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        if (body.length > 0 || wrong.method().equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        try (RawHttp http = RawHttp.connect(world.url())) {
            return http.send(head.toString()).send(body).read();
        }
    }

    private static String authorization(String key) {
        return switch (key) {
            case "none" -> "";
            case "publishable" -> "Bearer " + PaymentWorld.PUBLISHABLE;
            case "stranger" -> "Bearer " + PaymentWorld.STRANGER;
            case "live" -> "Bearer " + PaymentWorld.LIVE;
            case "strangers-pair" -> "Bearer " + PaymentWorld.pair(PaymentWorld.STRANGER);
            case "mixed-pair" -> "Bearer " + PaymentWorld.PUBLISHABLE + ":" + PaymentWorld.STRANGER;
            case "basic-unknown" -> "Basic " + Base64.getEncoder().encodeToString("sk_test_unknown:".getBytes(StandardCharsets.UTF_8));
            default -> key;
        };
    }

    private static String repeated(String text) {
        return REPEATED.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2)))));
    }

    /** Text as UTF-8, with {@code \xff} for a byte that is none. */
    private static byte[] bytes(String text) {
        String whole = repeated(text.startsWith("json:") ? text.substring(5) : text);
        var bytes = new ByteArrayOutputStream();
        Matcher matcher = BYTE.matcher(whole);
        int at = 0;
        while (matcher.find()) {
            bytes.writeBytes(whole.substring(at, matcher.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(matcher.group(1), 16));
            at = matcher.end();
        }
        bytes.writeBytes(whole.substring(at).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private String named(String text) {
        return NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(
                Objects.requireNonNull(names.get(match.group(1)), () -> "No object is named $" + match.group(1))));
    }

    static List<Case> cases() {
        try (var in = Objects.requireNonNull(BadInputTest.class.getResourceAsStream("bad-input.txt"))) {
            var cases = new ArrayList<Case>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] columns = line.split("\\|", -1);
                String[] request = columns[0].trim().split(" ", 2);
                cases.add(new Case(request[0], request[1], columns[1].trim(), columns[2].trim(),
                        List.of(columns).subList(3, columns.length).stream().map(String::trim).toList()));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void customers() {
        names.put("customer", made("/v1/customers", "name=Ada&email=ada@example.com"));
        names.put("other_customer", made("/v1/customers", "name=Ben"));
        names.put("deleted_customer", made("/v1/customers", "name=Cy"));
        world.send("DELETE", "/v1/customers/" + names.get("deleted_customer"), null, PaymentWorld.SECRET);
        names.put("method", made("/v1/payment_methods", "type=card&card[token]=tok_visa"));
        names.put("attached", made("/v1/payment_methods/pm_card_visa/attach", "customer=$customer"));
        names.put("detached", made("/v1/payment_methods/pm_card_visa/attach", "customer=$customer"));
        made("/v1/payment_methods/$detached/detach", "");
        world.post("/v1/customers", "name=First", "Idempotency-Key", "used-for-a-customer");
    }

    private void intents() {
        names.put("open", made("/v1/payment_intents", "amount=2000&currency=eur"));
        names.put("ready", made("/v1/payment_intents", "amount=2000&currency=eur&payment_method=pm_card_visa"));
        names.put("manual", made("/v1/payment_intents", "amount=2000&currency=eur&payment_method=pm_card_visa&confirmation_method=manual"));
        names.put("manual_secret", secretOf("manual"));
        names.put("ready_secret", secretOf("ready"));
        names.put("succeeded", paid(""));
        names.put("charge", chargeOf("succeeded"));
        names.put("authorized", paid("&capture_method=manual"));
        names.put("authorized_charge", chargeOf("authorized"));
        names.put("crowns", made("/v1/payment_intents", "amount=100000&currency=isk&confirm=true&payment_method=pm_card_visa&capture_method=manual"));
        names.put("crowns_paid", made("/v1/payment_intents", "amount=100000&currency=isk&confirm=true&payment_method=pm_card_visa"));
        names.put("canceled", made("/v1/payment_intents", "amount=2000&currency=eur"));
        made("/v1/payment_intents/$canceled/cancel", "");
        names.put("refunded", paid(""));
        names.put("refunded_charge", chargeOf("refunded"));
        names.put("refund", made("/v1/refunds", "charge=$refunded_charge"));
        names.put("partly", paid(""));
        names.put("partly_charge", chargeOf("partly"));
        made("/v1/refunds", "charge=$partly_charge&amount=1500");
        names.put("declined", String.valueOf(world.pay(2000, "pm_card_visa_chargeDeclined").text("/error/payment_intent/id")));
        names.put("action", paid("&return_url=https://shop.example/", "pm_card_threeDSecure2Required"));
        names.put("event", String.valueOf(world.get("/v1/events?limit=1").text("/data/0/id")));
        world.post("/v1/payment_intents", "amount=700&currency=eur", "Idempotency-Key", "used-for-an-intent");
    }

    private void strangers() {
        names.put("foreign_customer", world.send("POST", "/v1/customers", "name=Eve", PaymentWorld.STRANGER).id());
        names.put("foreign_method", world.send("POST", "/v1/payment_methods", "type=card&card[token]=tok_visa", PaymentWorld.STRANGER).id());
        names.put("foreign_intent", world.send("POST", "/v1/payment_intents", "amount=2000&currency=eur", PaymentWorld.STRANGER).id());
    }

    private void hooks() {
        // Of what does not happen: nothing is to be sent while others are refused.
        names.put("endpoint", made("/v1/webhook_endpoints", "url=http://127.0.0.1:9/hooks&enabled_events[]=payout.paid"));
        names.put("disabled_endpoint", made("/v1/webhook_endpoints", "url=http://127.0.0.1:9/hooks&enabled_events[]=*"));
        made("/v1/webhook_endpoints/$disabled_endpoint", "disabled=true");
        names.put("deleted_endpoint", made("/v1/webhook_endpoints", "url=http://127.0.0.1:9/hooks&enabled_events[]=*"));
        world.send("DELETE", "/v1/webhook_endpoints/" + names.get("deleted_endpoint"), null, PaymentWorld.SECRET);
        names.put("listener", made("/v1/listeners", "name=desk"));
        made("/v1/customers", "name=Heard");
        world.job("hand on events");
        names.put("delivery", String.valueOf(world.get("/v1/webhook_endpoints/" + names.get("disabled_endpoint") + "/deliveries").text("/data/0/id")));
    }

    private String made(String path, String body) {
        PaymentWorld.Answer answer = world.post(named(path), named(body));
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
        return answer.id();
    }

    private String paid(String more) {
        return paid(more, "pm_card_visa");
    }

    private String paid(String more, String token) {
        return made("/v1/payment_intents", "amount=2000&currency=eur&confirm=true&payment_method=" + token + more);
    }

    private String chargeOf(String intent) {
        return String.valueOf(world.get("/v1/payment_intents/" + names.get(intent)).text("/latest_charge"));
    }

    private String secretOf(String intent) {
        return String.valueOf(world.get("/v1/payment_intents/" + names.get(intent)).text("/client_secret"));
    }

    /**
     * Of every table but the request log, which tells of refusals: how many rows, and a checksum over them. A refused request does not
     * even keep its idempotency key.
     */
    private Map<String, String> contents() {
        var contents = new LinkedHashMap<String, @Nullable String>();
        List<String> tables = world.direct().sql("select table_name from information_schema.tables where table_schema = 'public'"
                        + " and table_name not like 'request\\_log%' order by 1")
                .list(row -> row.text("table_name"));
        for (String table : tables) {
            contents.put(table, world.direct().sql("select count(*) || ' rows ' || coalesce(md5(string_agg(line, ',' order by line)), '') as c"
                            + " from (select md5(t::text) as line from \"" + table + "\" t) lines")
                    .one(row -> row.text("c")).orElseThrow());
        }
        return contents;
    }
}
