package dev.bezant.worldline.direct.page;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the payer's browser brings back from a hosted checkout, a bank's page or 3-D Secure. It only says who came back: ask the platform for the
 * result, after {@link #verify}.
 *
 * @param hostedCheckoutId after a hosted checkout, else null
 * @param paymentId after a redirection of a payment made server to server, else null
 * @see "docs/protocols/worldline-direct.md, section 11"
 */
public record BrowserReturn(SecretText returnMac, @Nullable String hostedCheckoutId, @Nullable String paymentId) {
    /**
     * @param query of the address that the browser came to, encoded, with or without the question mark
     * @throws SignatureException without a RETURNMAC, or with a parameter of the platform's given twice
     */
    public static BrowserReturn parse(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (String pair : query.replaceFirst("^\\?", "").split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            boolean platforms = name.equals("RETURNMAC") || name.equals("hostedCheckoutId") || name.equals("paymentId");
            if (parameters.put(name, value) != null && platforms) {
                throw new SignatureException("the parameter " + name + " is there twice");
            }
        }
        return of(parameters);
    }

    /**
     * @param parameters decoded
     * @throws SignatureException without a RETURNMAC
     */
    public static BrowserReturn of(Map<String, String> parameters) {
        String returnMac = parameters.getOrDefault("RETURNMAC", "");
        if (returnMac.isBlank()) {
            throw new SignatureException("the parameter RETURNMAC is absent");
        }
        return new BrowserReturn(SecretText.of(returnMac), parameters.get("hostedCheckoutId"), parameters.get("paymentId"));
    }

    /**
     * Compares with what was kept when the payer was sent away, in constant time.
     *
     * @param kept the RETURNMAC of the answer that sent the payer away
     * @param id of the hosted checkout or payment that it was kept for
     * @throws SignatureException when the browser was not sent back by the platform for this checkout or payment
     */
    public BrowserReturn verify(SecretText kept, String id) {
        if (kept.isBlank() || !returnMac.equals(kept)) {
            throw new SignatureException("the RETURNMAC is not the one kept for '" + id + "'");
        }
        if (!id.equals(id().orElse(""))) {
            throw new SignatureException("the browser came back for another checkout or payment than '" + id + "'");
        }
        return this;
    }

    /** The hosted checkout's, else the payment's: what the kept RETURNMAC is found by. */
    public Optional<String> id() {
        return Optional.ofNullable(hostedCheckoutId).or(() -> Optional.ofNullable(paymentId));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
