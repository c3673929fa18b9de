package dev.bezant.server.account;

import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.kernel.AddressRange;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an API key; never the key.
 *
 * @param prefix for people: {@code sk_test_...Ab3d}
 * @param expiresAt when it stops working; null = not by itself
 * @param revokedAt when it was stopped; null = it was not
 * @param lastUsedAt to within a minute or so; null = not yet
 * @param publicKey of a pair, the half that is no secret: {@code pk_acme_...}; null = it stands alone
 */
public record ApiKey(
        String accountId,
        String id,
        Mode mode,
        KeyKind kind,
        Terms terms,
        String prefix,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        @Nullable String publicKey) {
    /** A key just made, with its text, of a pair {@code public:secret}: the only moment it can be shown. */
    public record Fresh(ApiKey key, Secret text) {}

    /**
     * What a key may do, from where, and how often. A key that replaces another has the same.
     *
     * @param name for people; null = none
     * @param permissions {@link Permissions#ALL} but for restricted keys
     * @param addresses from where it may be used; empty = from anywhere
     * @param limitRequests of this key alone; 0 = no limit, null = as the account says
     * @param limitPayments the same for writes of payment intents
     */
    public record Terms(
            @Nullable String name,
            Permissions permissions,
            List<AddressRange> addresses,
            @Nullable Integer limitRequests,
            @Nullable Integer limitPayments) {
        public static final Terms USUAL = new Terms(null, Permissions.ALL, List.of(), null, null);

        public Terms {
            addresses = List.copyOf(addresses);
            if ((limitRequests != null && limitRequests < 0) || (limitPayments != null && limitPayments < 0)) {
                throw new IllegalArgumentException("A limit is at least 1 per minute, or 0 for none");
            }
        }

        /** Whether the key may be used from an address. */
        boolean allowsFrom(String ip) {
            if (addresses.isEmpty()) {
                return true;
            }
            Optional<InetAddress> address = AddressRange.address(ip);
            return address.isPresent() && addresses.stream().anyMatch(range -> range.contains(address.get()));
        }
    }

    /** Whether it opens anything at that moment, as far as the key itself is concerned. */
    public boolean worksAt(Instant moment) {
        return revokedAt == null && (expiresAt == null || moment.isBefore(expiresAt));
    }
}
