package dev.bezant.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A Worldline Direct merchant who signs every call. */
public record DirectMerchant(URI uri, String account, JsonNode credentials) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    static DirectMerchant of(JsonNode account) {
        return new DirectMerchant(URI.create(account.path("url").asString()), account.path("account").asString(), account.path("credentials"));
    }

    public String credential(String name) {
        return credentials.path(name).asString();
    }

    public String id() {
        return credential("merchant_id");
    }

    public DirectSigner signer() {
        return new DirectSigner(credential("api_key_id"), credential("secret_api_key"));
    }

    public static String date(Instant instant) {
        return DATE.format(instant);
    }

    public URI target(String path) {
        return URI.create(uri + "/v2/" + id() + path);
    }

    /** The headers of a signed call. */
    public Map<String, String> headers(String method, URI target, @Nullable String body, Map<String, String> more) {
        var headers = new LinkedHashMap<String, String>();
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        headers.put("Date", date(Clock.systemUTC().instant()));
        headers.put("X-GCS-ServerMetaInfo", "e30=");
        headers.putAll(more);
        var resource = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
        headers.put("Authorization", signer().header(method, resource, headers));
        return headers;
    }

    public Exchange send(String method, String path, @Nullable String body, Map<String, String> more) {
        var target = target(path);
        return Exchange.send(method, target, body, headers(method, target, body, more));
    }

    public Exchange get(String path) {
        return send("GET", path, null, Map.of());
    }

    public Exchange post(String path, String body) {
        return send("POST", path, body, Map.of());
    }

    /** With an idempotence key. */
    public Exchange post(String path, String body, String key) {
        return send("POST", path, body, Map.of("X-GCS-Idempotence-Key", key));
    }

    public Exchange pay(DirectBody body) {
        return post("/payments", body.toString());
    }

    /** Makes an approved payment and returns its id. */
    public String paid(DirectBody body) {
        var made = pay(body);
        if (made.status() != 201) {
            throw new AssertionError(made.status() + " " + made.body());
        }
        return made.at("/payment/id");
    }
}
