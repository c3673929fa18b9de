package dev.bezant.acceptance;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/**
 * A merchant's account at the simulated Cardinity, for what our server does not call: hosted pages and payment links.
 *
 * @see "docs/protocols/cardinity.md, sections 1, 2.4 and 7"
 */
final class CardinityAccount {
    private final String url;
    private final JsonNode credentials;

    private CardinityAccount(JsonNode account) {
        this.url = account.path("url").asString();
        this.credentials = account.path("credentials");
    }

    static CardinityAccount standard(Server server) {
        return new CardinityAccount(Merchant.ofSandbox(server).get("/control/accounts?provider=cardinity").json().at("/data/0"));
    }

    /** The page on which a shop's own form sends the payer to the hosted page, signed with the project's secret. */
    String shopPage(Map<String, String> fields) {
        var signed = new TreeMap<>(fields);
        signed.put("project_id", credentials.path("project_id").asString());
        var text = new StringBuilder();
        signed.forEach((name, value) -> text.append(name).append(value));
        signed.put("signature", HexFormat.of().formatHex(hmac("HmacSHA256", credentials.path("project_secret").asString(), text.toString())));
        var form = new StringBuilder("<form method=\"post\" action=\"" + url + "/\">");
        signed.forEach((name, value) -> form.append("<input type=\"hidden\" name=\"").append(name).append("\" value=\"").append(value).append("\">"));
        return form.append("<button>To the payment</button></form>").toString();
    }

    /** @return the address of a new payment link's page */
    String paymentLink(String json) {
        String path = "/v1/paymentLinks";
        var answer = new Merchant(url, "none").send(HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .header("Authorization", authorization("POST", url + path)).POST(BodyPublishers.ofString(json)));
        if (answer.status() != 201) {
            throw new AssertionError(answer.body());
        }
        return answer.text("/url");
    }

    private String authorization(String method, String address) {
        var oauth = new TreeMap<>(Map.of("oauth_consumer_key", credentials.path("consumer_key").asString(), "oauth_nonce", UUID.randomUUID().toString(),
                "oauth_signature_method", "HMAC-SHA1", "oauth_timestamp", String.valueOf(Instant.now().getEpochSecond()), "oauth_version", "1.0"));
        String pairs = oauth.entrySet().stream().map(it -> it.getKey() + "=" + encoded(it.getValue())).collect(Collectors.joining("&"));
        String base = method + "&" + encoded(address) + "&" + encoded(pairs);
        oauth.put("oauth_signature", Base64.getEncoder().encodeToString(hmac("HmacSHA1", encoded(credentials.path("consumer_secret").asString()) + "&", base)));
        return "OAuth " + oauth.entrySet().stream().map(it -> it.getKey() + "=\"" + encoded(it.getValue()) + "\"").collect(Collectors.joining(", "));
    }

    private static byte[] hmac(String algorithm, String secret, String text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
