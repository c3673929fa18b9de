package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** One try against receivers that misbehave. */
class SenderTest {
    private static final Duration TIMEOUT = Duration.ofMillis(1500);
    private static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);

    private static Tried tried(String url) {
        return tried(url, true, InetAddress::getAllByName);
    }

    private static Tried tried(String url, boolean anywhere, CheckedResolver.Lookup lookup) {
        try (var sender = new Sender(TIMEOUT, new CheckedResolver(lookup, anywhere))) {
            // On a virtual thread, as in real life: those let themselves be interrupted anywhere.
            return CompletableFuture.supplyAsync(() -> sender.send(url, Map.of("User-Agent", "test"), BODY), task -> Thread.ofVirtual().start(task))
                    .orTimeout(60, TimeUnit.SECONDS).join();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"ENDLESS_BODY", "SLOW_BODY"})
    void without_an_answer_a_try_ends_in_time_and_says_why(BrokenServer.Manner manner) {
        try (var server = BrokenServer.open(manner)) {
            Tried tried = tried(server.url("http"));

            assertThat(tried.answered()).isFalse();
            assertThat(tried.error()).isNotBlank();
            assertThat(tried.took()).isLessThan(Duration.ofSeconds(30));
            assertThat(server.bytesSent()).isLessThan(200 << 20);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDLESS_BODY", "SLOW_BODY"})
    void who_says_200_has_got_it_whatever_he_goes_on_to_say(BrokenServer.Manner manner) {
        try (var server = BrokenServer.open(manner)) {
            Tried tried = tried(server.url("http"));

            assertThat(tried.delivered()).isTrue();
            assertThat(String.valueOf(tried.answer())).hasSizeLessThanOrEqualTo(Sender.ANSWER_BYTES_KEPT);
            assertThat(server.bytesSent()).as("what was read of it").isLessThan(20 << 20);
            assertThat(tried.took()).isLessThan(Duration.ofSeconds(30));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_broken_tls_handshake_is_no_answer(BrokenServer.Manner manner) {
        try (var server = BrokenServer.open(manner)) {
            Tried tried = tried(server.url("https"));

            assertThat(tried.answered()).isFalse();
            assertThat(tried.error()).isNotBlank();
            assertThat(tried.took()).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void nobody_there_is_no_answer() {
        BrokenServer gone = BrokenServer.open(BrokenServer.Manner.SILENT);
        gone.close();

        assertThat(tried(gone.url("http")).error()).contains("refused");
    }

    @Test
    void a_name_whose_servers_do_not_answer_ends_in_time_too() {
        var hanging = new CountDownLatch(1);
        Tried tried = tried("http://broken.example/", true, name -> {
            try {
                assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new UnknownHostException(name);
            }
            throw new UnknownHostException(name);
        });
        hanging.countDown();
        assertThat(tried.error()).isEqualTo("No answer within 1500 ms");
    }

    @Test
    void a_name_that_does_not_exist_is_told() {
        assertThat(tried("http://nowhere.example/", true, name -> {
            throw new UnknownHostException(name);
        }).error()).isEqualTo("The name cannot be looked up: nowhere.example");
    }

    @Test
    void a_private_address_behind_a_name_or_a_redirect_is_not_called_where_that_is_refused() {
        try (Receiver receiver = Receiver.open()) {
            for (String host : new String[] {"rebound.example", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"}) {
                Tried tried = tried("http://" + host + ":" + receiver.port() + "/", false, name -> new InetAddress[] {InetAddress.getLoopbackAddress()});

                assertThat(tried.answered()).as(host).isFalse();
                assertThat(tried.error()).as(host).contains("not an address of the public Internet");
            }
            assertThat(receiver.calls()).isEmpty();
        }
    }

    @Test
    void an_ipv6_address_is_called_where_that_is_allowed() {
        assertThat(tried("http://[::1]:1/").error()).contains("refused");
    }
}
