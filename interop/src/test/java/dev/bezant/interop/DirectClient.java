package dev.bezant.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As much of a Worldline Direct client as a test of pages needs, with the sandbox's default account. */
final class DirectClient {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final JsonNode account;

    DirectClient(SandboxProcess sandbox) {
        this.account = sandbox.control("GET", "accounts?provider=worldline-direct&account=default", "").at("/data/0");
    }

    String url() {
        return account.path("url").asString();
    }

    JsonNode get(String path) {
        return send("GET", path, "");
    }

    JsonNode post(String path, String body) {
        return send("POST", path, body);
    }

    private JsonNode send(String method, String path, String body) {
        var resource = "/v2/" + account.at("/credentials/merchant_id").asString() + path;
        var date = DATE.format(Clock.systemUTC().instant());
        var type = body.isEmpty() ? "" : "application/json";
        var request = HttpRequest.newBuilder(URI.create(url() + resource)).method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Date", date).header("Authorization", "GCS v1HMAC:" + account.at("/credentials/api_key_id").asString() + ":"
                        + signature(method + "\n" + type + "\n" + date + "\n" + resource + "\n"));
        if (!body.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String signature(String data) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(account.at("/credentials/secret_api_key").asString().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
