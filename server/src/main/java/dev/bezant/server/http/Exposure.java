package dev.bezant.server.http;

import dev.bezant.server.kernel.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the world reaches this server: whose word about a client's address is believed, and from where live keys may come.
 *
 * @param trustedProxies whose {@code X-Forwarded-*} headers are believed; nobody else's are
 * @param plainLive whether live keys may come over plain HTTP from elsewhere than this machine
 * @param origins of browsers that may use live publishable keys, such as {@code https://shop.example}; {@code *} for any
 */
public record Exposure(List<AddressRange> trustedProxies, boolean plainLive, List<String> origins) {
    /** Nothing between the clients and this server, and no live key in a browser. */
    public static final Exposure DIRECT = new Exposure(List.of(), false, List.of());

    public Exposure {
        trustedProxies = List.copyOf(trustedProxies);
        origins = List.copyOf(origins);
    }

    /** Who sent it: the peer, or, behind trusted proxies, the last address that no trusted proxy has. */
    String client(RawRequest raw) {
        if (!trusted(raw.ip())) {
            return raw.ip();
        }
        List<String> hops = hops(raw.header("X-Forwarded-For"));
        for (String hop : hops) {
            if (!trusted(hop)) {
                return hop;
            }
        }
        return hops.isEmpty() ? raw.ip() : hops.getLast();
    }

    /** Whether nobody on the way could read along: encrypted up to a proxy that is trusted, or not leaving this machine. */
    boolean confidential(RawRequest raw) {
        if (plainLive) {
            return true;
        }
        if (trusted(raw.ip())) {
            String proto = raw.header("X-Forwarded-Proto");
            return proto != null && proto.strip().toLowerCase(Locale.ROOT).equals("https");
        }
        return AddressRange.address(raw.ip()).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    boolean mayUseLiveKeys(String origin) {
        return origins.contains("*") || origins.contains(origin);
    }

    private boolean trusted(String ip) {
        Optional<InetAddress> address = AddressRange.address(ip);
        return address.isPresent() && trustedProxies.stream().anyMatch(range -> range.contains(address.get()));
    }

    /** The addresses of X-Forwarded-For, nearest first, up to the first that is none: beyond it anybody may have written. */
    private static List<String> hops(@org.jspecify.annotations.Nullable String header) {
        var hops = new ArrayList<String>();
        List<String> written = header == null ? List.of() : new ArrayList<>(List.of(header.split(",", -1)));
        Collections.reverse(written);
        for (String each : written) {
            Optional<InetAddress> address = AddressRange.address(each.strip());
            if (address.isEmpty()) {
                return hops;
            }
            hops.add(address.get().getHostAddress());
        }
        return hops;
    }
}
