package dev.bezant.server.webhook;

import dev.bezant.server.kernel.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public Internet from those that only mean something on this machine, in its network, or at its cloud
 * provider: whoever may name an address for us to call must not reach these through us.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's registry for IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">and for IPv6</a>
 */
final class PublicAddresses {
    private static final List<AddressRange> NOT_PUBLIC_V4 = ranges(
            "0.0.0.0/8", "10.0.0.0/8",
            // Between a provider and its customers; some clouds have their metadata there.
            "100.64.0.0/10",
            "127.0.0.0/8",
            // Link-local, with the metadata service of most clouds.
            "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24",
            // Multicast, reserved, broadcast.
            "224.0.0.0/4", "240.0.0.0/4");

    /** Everything that is given out to anybody; the rest is local, reserved, or not yet anything. */
    private static final AddressRange GLOBAL_V6 = range("2000::/3");
    private static final List<AddressRange> NOT_PUBLIC_V6 = ranges("2001::/23", "2001:db8::/32", "3fff::/20");

    /** Ways to write an IPv4 address in an IPv6 one, and at which byte it stands: it is what will be reached. */
    private static final AddressRange NAT64 = range("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = range("2002::/16");
    private static final int NAT64_AT = 12;
    private static final int SIX_TO_FOUR_AT = 2;

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        // An IPv4 address that was written as ::ffff:a.b.c.d is an Inet4Address by now.
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC_V4.stream().noneMatch(range -> range.contains(address));
        }
        if (NAT64.contains(address)) {
            return contains(embedded(address, NAT64_AT));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return contains(embedded(address, SIX_TO_FOUR_AT));
        }
        return GLOBAL_V6.contains(address) && NOT_PUBLIC_V6.stream().noneMatch(range -> range.contains(address));
    }

    private static InetAddress embedded(InetAddress address, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    private static List<AddressRange> ranges(String... texts) {
        return Arrays.stream(texts).map(PublicAddresses::range).toList();
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }
}
