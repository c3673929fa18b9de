package dev.bezant.corefy;

import dev.bezant.sdk.FormPost;
import dev.bezant.sdk.http.Paths;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the payer's browser must go to authenticate. The issuer sends it on to Corefy, and Corefy to the invoice's return address: there is nothing
 * for the merchant to complete. Read the invoice when the payer is back.
 *
 * @param method {@code POST} or {@code GET}
 * @param params all of them, exactly as they came: their names differ between acquirers
 * @see "docs/protocols/corefy.md, section 4"
 */
public record Challenge(URI action, String method, Map<String, String> params) {
    public Challenge {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    public boolean isForm() {
        return !method.equalsIgnoreCase("GET");
    }

    /**
     * The form for the browser.
     *
     * @throws IllegalStateException if a plain address is wanted instead
     */
    public FormPost form() {
        if (!isForm()) {
            throw new IllegalStateException("this challenge is opened by its address(), not by a form");
        }
        return new FormPost(action, params);
    }

    /** The address to open, for a challenge that is no form. */
    public URI address() {
        if (isForm()) {
            throw new IllegalStateException("this challenge is a form(), not an address");
        }
        var address = new StringBuilder(action.toString());
        params.forEach((name, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(Paths.encode(name)).append('=').append(Paths.encode(value)));
        return URI.create(address.toString());
    }

    /** Parameters can be credentials of a challenge: names only. */
    @Override
    public String toString() {
        return "Challenge[" + method + " " + action.getHost() + ", " + params.keySet() + "]";
    }
}
