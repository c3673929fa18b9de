package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.1", "127.255.0.1",
        "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.51.100.1",
        "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1",
        "ff02::1", "2001::1", "2001:db8::1", "3fff::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
        "2002:c0a8:1::1", "100::1", "4000::1", "5f00::1"
    })
    void addresses_of_machines_and_private_networks_are_not_public(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1", "128.0.0.1", "169.253.0.1", "169.255.0.1",
        "172.15.255.255", "172.32.0.0", "192.167.1.1", "192.169.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255",
        "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "2001:4860:4860::8888"
    })
    void addresses_of_the_internet_are(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void a_name_that_comes_to_mean_a_private_address_is_refused_when_connecting() throws UnknownHostException {
        var asked = new AtomicInteger();
        var rebinding = new CheckedResolver(name -> new InetAddress[] {InetAddress.getByName(asked.getAndIncrement() == 0 ? "93.184.215.14" : "127.0.0.1")}, false);
        try (rebinding) {
            assertThat(rebinding.resolve("shop.example")).extracting(InetAddress::getHostAddress).containsExactly("93.184.215.14");
            assertThatThrownBy(() -> rebinding.resolve("shop.example")).isInstanceOf(CheckedResolver.RefusedException.class)
                    .hasMessageContaining("shop.example is 127.0.0.1").hasMessageContaining("not an address of the public Internet");
        }
    }

    @Test
    void of_several_addresses_only_the_public_ones_are_called() throws UnknownHostException {
        try (var resolver = new CheckedResolver(name -> new InetAddress[] {InetAddress.getByName("10.0.0.1"), InetAddress.getByName("8.8.8.8")}, false)) {
            assertThat(resolver.resolve("shop.example")).extracting(InetAddress::getHostAddress).containsExactly("8.8.8.8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "::1", "[::ffff:169.254.169.254]", "10.1.2.3"})
    void an_address_in_place_of_a_name_is_looked_at_too(String literal) {
        try (var resolver = new CheckedResolver(name -> {
            throw new UnknownHostException("nobody looks up " + name);
        }, false)) {
            assertThatThrownBy(() -> resolver.resolve(literal)).isInstanceOf(CheckedResolver.RefusedException.class);
        }
    }

    @Test
    void where_it_is_allowed_any_address_is_called() throws UnknownHostException {
        try (var resolver = new CheckedResolver(InetAddress::getAllByName, true)) {
            assertThat(resolver.resolve("127.0.0.1")).hasSize(1);
        }
    }

    @Test
    void a_name_that_cannot_be_looked_up_holds_up_only_those_who_ask_for_it() throws Exception {
        var hanging = new CountDownLatch(1);
        var lookups = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor(); var resolver = new CheckedResolver(name -> {
            if (name.equals("broken.example")) {
                lookups.incrementAndGet();
                awaitQuietly(hanging);
                throw new UnknownHostException(name);
            }
            return new InetAddress[] {InetAddress.getByName("8.8.8.8")};
        }, false)) {
            List<Future<InetAddress[]>> askers = IntStream.range(0, 100).mapToObj(i -> threads.submit(() -> resolver.resolve("broken.example"))).toList();
            await().atMost(Duration.ofSeconds(30)).until(() -> lookups.get() == 1);

            assertThat(resolver.resolve("shop.example")).hasSize(1);
            assertThat(askers).noneMatch(Future::isDone);
            hanging.countDown();
            assertThat(askers).allSatisfy(asker -> assertThatThrownBy(asker::get).hasRootCauseInstanceOf(UnknownHostException.class));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
