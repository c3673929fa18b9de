package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.kernel.AddressRange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word about a client's address is believed. */
class ExposureTest {
    private static final Exposure BEHIND_PROXIES = new Exposure(
            List.of(AddressRange.parse("10.0.0.0/8").orElseThrow(), AddressRange.parse("2001:db8:ffff::/48").orElseThrow()), false, List.of());

    private static RawRequest from(String ip, Map<String, String> headers) {
        return new RawRequest("GET", "/", null, name -> headers.get(name.toLowerCase(Locale.ROOT)), new byte[0], ip);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "203.0.113.9 | 198.51.100.1 | 203.0.113.9",
        "10.0.0.1 | 198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | 192.0.2.66, 198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | 198.51.100.1, 10.1.2.3 | 198.51.100.1",
        "10.0.0.1 | made-up, 10.1.2.3 | 10.1.2.3",
        "10.0.0.1 | '' | 10.0.0.1",
        "2001:db8:ffff::1 | 2001:db8::7 | 2001:db8:0:0:0:0:0:7"
    })
    void the_client_is_the_last_hop_that_no_trusted_proxy_is(String peer, String forwarded, String client) {
        assertThat(BEHIND_PROXIES.client(from(peer, Map.of("x-forwarded-for", forwarded)))).isEqualTo(client);
    }

    @Test
    void nobody_is_believed_where_no_proxy_is_trusted() {
        assertThat(Exposure.DIRECT.client(from("10.0.0.1", Map.of("x-forwarded-for", "198.51.100.1")))).isEqualTo("10.0.0.1");
    }

    @Test
    void plain_http_is_confidential_on_this_machine_or_behind_a_proxy_that_encrypts() {
        assertThat(BEHIND_PROXIES.confidential(from("127.0.0.1", Map.of()))).isTrue();
        assertThat(BEHIND_PROXIES.confidential(from("10.0.0.1", Map.of("x-forwarded-proto", "https")))).isTrue();
        assertThat(BEHIND_PROXIES.confidential(from("10.0.0.1", Map.of("x-forwarded-proto", "http")))).isFalse();
        assertThat(BEHIND_PROXIES.confidential(from("203.0.113.9", Map.of("x-forwarded-proto", "https")))).isFalse();
        assertThat(new Exposure(List.of(), true, List.of()).confidential(from("203.0.113.9", Map.of()))).isTrue();
    }
}
