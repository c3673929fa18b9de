package dev.bezant.sdk.http;

import java.util.Optional;
import org.apache.hc.core5.http.ssl.TLS;

/** The versions of TLS that a provider may be spoken to with; older ones are broken. */
public enum TlsVersion {
    TLS_1_2("TLSv1.2", TLS.V_1_2),
    TLS_1_3("TLSv1.3", TLS.V_1_3);

    private final String protocol;
    private final TLS tls;

    TlsVersion(String protocol, TLS tls) {
        this.protocol = protocol;
        this.tls = tls;
    }

    /** @param protocol as Java names it, such as {@code TLSv1.3}; empty for one that is not offered */
    public static Optional<TlsVersion> of(String protocol) {
        for (TlsVersion version : values()) {
            if (version.protocol.equals(protocol)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    TLS tls() {
        return tls;
    }
}
