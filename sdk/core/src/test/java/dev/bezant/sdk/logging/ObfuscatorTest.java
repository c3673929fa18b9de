package dev.bezant.sdk.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sdk.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObfuscatorTest {
    private static final Obfuscator OBFUSCATOR = Obfuscator.builder()
            .property("pan", ObfuscationRule.allBut(6, 4))
            .property("cvc", ObfuscationRule.fixedLength(3))
            .property("expiryDate", ObfuscationRule.allButLast(2))
            .property("bin", ObfuscationRule.allButFirst(6))
            .property("address", ObfuscationRule.all())
            .property("info.data", ObfuscationRule.fixedLength(8))
            .property("message", ObfuscationRule.cardNumbers())
            .pathSegmentAfter("tokens", ObfuscationRule.fixedLength(8))
            .build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"pan\":\"4111111111111111\"}|{\"pan\":\"411111******1111\"}",
        "{ \"pan\" : 4111111111111111 }|{\"pan\":\"411111******1111\"}",
        "{\"pan\":\"1111\",\"PAN\":\"\"}|{\"pan\":\"****\",\"PAN\":\"\"}",
        "{\"a\":\"x\\\\\",\"cvc\":\"1234\"}|{\"a\":\"x\\\\\",\"cvc\":\"***\"}",
        "{\"a\":\"\\\"cvc\\\":\\\"123\\\"\",\"cvc\":null}|{\"a\":\"\\\"cvc\\\":\\\"123\\\"\",\"cvc\":null}",
        "[{\"x\":[{\"cvc\":123}]},true,1.50]|[{\"x\":[{\"cvc\":\"***\"}]},true,1.50]",
        "{\"address\":{\"city\":\"Kaunas\",\"lines\":[\"a\",{\"b\":7}]},\"city\":\"Rome\"}"
                + "|{\"address\":{\"city\":\"******\",\"lines\":[\"*\",{\"b\":\"*\"}]},\"city\":\"Rome\"}",
        "{\"data\":1,\"info\":{\"data\":\"PaReq\",\"url\":\"u\"}}|{\"data\":1,\"info\":{\"data\":\"********\",\"url\":\"u\"}}",
        "{\"expiryDate\":\"1220\",\"bin\":\"12345678\"}|{\"expiryDate\":\"**20\",\"bin\":\"123456**\"}",
        "{\"expiryDate\":\"20\",\"bin\":\"123456\"}|{\"expiryDate\":\"**\",\"bin\":\"******\"}",
        "{\"p\\u0061n\":\"4111111111111111\"}|{\"pan\":\"411111******1111\"}",
        "{\"message\":\"card 4111 1111 1111 1111 of 2026-01-15\"}|{\"message\":\"card ************ of 2026-01-15\"}",
        "12345678901234567890.10|12345678901234567890.10"})
    void json_is_masked_token_by_token(String body, String expected) {
        assertThat(OBFUSCATOR.body("application/json;charset=UTF-8", bytes(body))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"pan\":\"4111111111111111\"", "{\"pan\":\"41111111", "pan=4111111111111111", "{\"pan\":4111111111111111,}"})
    void json_that_cannot_be_read_is_not_printed(String body) {
        assertThat(OBFUSCATOR.body("application/json", bytes(body))).isEqualTo("<" + bytes(body).length + " bytes, not JSON>");
    }

    @Test
    void other_bodies_and_queries() {
        assertThat(OBFUSCATOR.body("text/html", bytes("4111111111111111"))).isEqualTo("<16 bytes>");
        assertThat(OBFUSCATOR.body("application/x-www-form-urlencoded", bytes("a=b&cvc=123&p%61n=41111111+11111111")))
                .isEqualTo("a=b&cvc=***&p%61n=411111*******1111");
        assertThat(OBFUSCATOR.body(null, null)).isEmpty();
        assertThat(OBFUSCATOR.uri(URI.create("https://h/p?cvc=12&x=1"))).isEqualTo("/p?cvc=***&x=1");
        assertThat(OBFUSCATOR.uri(URI.create("https://h/v2/1/tokens/0a1b/x"))).isEqualTo("/v2/1/tokens/********/x");
    }

    @Test
    void credentials_in_headers_are_masked_to_a_fixed_length() {
        assertThat(OBFUSCATOR.headers(Headers.of("authorization", "OAuth x", "Set-Cookie", "s=1", "X", "y")))
                .isEqualTo("authorization=\"********\", Set-Cookie=\"********\", X=\"y\"");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
