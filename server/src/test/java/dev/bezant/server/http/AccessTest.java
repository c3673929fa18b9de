package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.testing.RawHttp;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys get in where, and what browsers may do. */
class AccessTest {
    private static final FrontDoor DOOR = new FrontDoor(null, null, new LocalBuckets(),
            new Exposure(List.of(), false, List.of("https://shop.example")));

    @AfterAll
    static void close() {
        DOOR.close();
    }

    private static RawHttp.Response send(String method, String target, String key, String... headers) {
        String body = method.equals("POST") ? "name=a" : "";
        return DOOR.once(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n"
                + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList())
                + (method.equals("POST") ? "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n" : "")
                + "\r\n" + body);
    }

    private static RawHttp.Response preflight(String target) {
        return DOOR.once(String.join("\r\n", "OPTIONS " + target + " HTTP/1.1", "Host: localhost", "Origin: https://any.example",
                "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization", "", ""));
    }

    @ParameterizedTest
    @CsvSource({"GET, rk_test_read, 200", "POST, rk_test_read, 403", "GET, rk_test_write, 200", "POST, rk_test_write, 200",
        "GET, rk_test_none, 403", "POST, rk_test_none, 403", "GET, sk_test_1, 200", "POST, sk_test_1, 200"})
    void a_restricted_key_does_what_it_was_given_and_nothing_else(String method, String key, int status) {
        RawHttp.Response answer = send(method, "/v1/things", key);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.error()).isEqualTo("403 invalid_request_error unauthorized -");
            assertThat(answer.body()).contains("things:" + (method.equals("GET") ? "read" : "write"));
        }
    }

    @Test
    void a_restricted_key_has_no_other_family_than_those_it_names() {
        assertThat(send("GET", "/v1/payment_intents", "rk_test_write").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Stripe-Account", "Stripe-Context"})
    void a_request_for_another_account_is_not_done_for_the_keys_own(String header) {
        RawHttp.Response refused = send("POST", "/v1/things", "sk_test_1", header + ": acct_other");
        assertThat(refused.error()).isEqualTo("403 invalid_request_error account_invalid -");
        assertThat(refused.body()).contains(header);
        assertThat(send("POST", "/v1/things", "sk_test_1", header + ": acct_1").status()).isEqualTo(200);
        assertThat(send("POST", "/v1/things", "sk_test_1", header + ": ").status()).isEqualTo(200);
    }

    @Test
    void a_publishable_key_opens_only_what_is_open_to_it() {
        assertThat(send("GET", "/v1/open_things", "pk_test_1").status()).isEqualTo(200);
        assertThat(send("GET", "/v1/things", "pk_test_1").error()).isEqualTo("403 invalid_request_error secret_key_required -");
    }

    @Test
    void a_browser_is_told_before_that_it_may_send_a_publishable_key() {
        RawHttp.Response answer = preflight("/v1/open_things");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("Authorization", "Idempotency-Key", "Stripe-Version");
        assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("600");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
    }

    @Test
    void a_browser_is_not_let_near_what_needs_a_secret_key() {
        RawHttp.Response answer = preflight("/v1/things");
        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void answers_to_browsers_can_be_read_there() {
        RawHttp.Response answer = send("GET", "/v1/open_things", "pk_test_1", "Origin: https://any.example");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("Request-Id", "Idempotent-Replayed");
        assertThat(send("GET", "/v1/open_things?nonsense=1", "pk_test_1", "Origin: https://any.example").header("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @Test
    void a_secret_key_that_comes_from_a_browser_is_refused() {
        RawHttp.Response answer = send("GET", "/v1/things", "sk_test_1", "Origin: https://any.example");
        assertThat(answer.error()).isEqualTo("403 invalid_request_error unauthorized -");
        assertThat(answer.body()).contains("Revoke it");
        assertThat(send("GET", "/v1/things", "rk_test_read", "Origin: https://any.example").status()).isEqualTo(403);
    }

    @Test
    void live_keys_are_taken_from_known_pages_alone() {
        RawHttp.Response known = send("GET", "/v1/open_things", "pk_live_1", "Origin: https://shop.example");
        assertThat(known.status()).isEqualTo(200);
        assertThat(known.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
        RawHttp.Response stranger = send("POST", "/v1/open_things", "pk_live_1", "Origin: https://any.example");
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.body()).contains("server.origins");
    }

    @Test
    void a_version_is_told_back_and_nonsense_in_its_place_is_refused() {
        assertThat(send("GET", "/v1/things", "sk_test_1", "Stripe-Version: 2026-10-28.endive").header("Stripe-Version")).isEqualTo("2026-10-28.endive");
        assertThat(send("GET", "/v1/things", "sk_test_1", "Stripe-Version: 2031-01-01.unheard").status()).isEqualTo(200);
        assertThat(send("GET", "/v1/things", "sk_test_1", "Payments-Version: 2026-11-01").header("Payments-Version")).isEqualTo("2026-11-01");
        for (String wrong : List.of("latest", "2026-13-01", "2026-02-30", "2026-10-28.", "2026-10-28.Endive", "2026-10-28 x")) {
            assertThat(send("GET", "/v1/things", "sk_test_1", "Stripe-Version: " + wrong).error()).as(wrong)
                    .isEqualTo("400 invalid_request_error parameter_invalid Stripe-Version");
        }
    }
}
