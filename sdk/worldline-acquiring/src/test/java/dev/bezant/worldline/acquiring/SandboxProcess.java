package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.SecretText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The built sandbox as a process of its own: another reading of the protocol, which shares no code with this client. */
final class SandboxProcess implements AutoCloseable {
    private static final String READY = "BEZANT_SANDBOX_READY ";
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final String control;

    private SandboxProcess(Process process, String control) {
        this.process = process;
        this.control = control;
    }

    static SandboxProcess start() throws IOException {
        Path jar = Path.of(Objects.requireNonNull(System.getProperty("bezant.home"), "bezant.home"), "sandbox/target/bezant-sandbox.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("Build the sandbox first: " + jar + " does not exist (mvn -pl sandbox package)");
        }
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC",
                "-jar", jar.toString(), "--port", "0").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new SandboxProcess(process, JSON.readTree(line.substring(READY.length())).path("control").asString());
            }
        }
        throw new IllegalStateException("The sandbox did not start");
    }

    /** A fresh account with these settings of the sandbox, as JSON. */
    Merchant merchant(String settings) {
        JsonNode account = post("accounts", "{\"provider\":\"worldline-acquiring\",\"credentials\":" + settings + "}");
        return new Merchant(account.path("account").asString(), URI.create(account.path("url").asString()), account.path("credentials"));
    }

    /** @param account at the sandbox */
    record Merchant(String account, URI url, JsonNode credentials) {
        String credential(String name) {
            return credentials.path(name).asString();
        }

        AcquiringClient.Builder client() {
            return AcquiringClient.builder().endpoint(url).tokenUri(URI.create(credential("token_url"))).clientId(credential("client_id"))
                    .clientSecret(SecretText.of(credential("client_secret"))).integrator("Bezant tests");
        }

        MerchantClient of(AcquiringClient client) {
            return client.v1().acquirer(credential("acquirer_id")).merchant(credential("merchant_id"));
        }
    }

    /** What really happened, such as {@code sale 5000 eur}. */
    List<String> movements(Merchant merchant) {
        var movements = new ArrayList<String>();
        for (JsonNode entry : get("ledger?provider=worldline-acquiring&account=" + merchant.account()).path("data")) {
            movements.add(entry.path("kind").asString() + " " + entry.path("amount").asLong() + " " + entry.path("currency").asString());
        }
        return movements;
    }

    /** @param more such as {@code "fault":"stall"} */
    void fault(Merchant merchant, String operation, String more) {
        post("faults", "{\"provider\":\"worldline-acquiring\",\"account\":\"" + merchant.account() + "\",\"operation\":\"" + operation + "\","
                + more + "}");
    }

    /** Whether a fault of this account has struck. */
    boolean hasStruck(Merchant merchant) {
        return get("faults").path("data").valueStream()
                .anyMatch(fault -> fault.path("account").asString("").equals(merchant.account()) && fault.path("hits").asInt() > 0);
    }

    /** Such as {@code PT61M}. */
    void advance(String duration) {
        post("clock", "{\"advance\":\"" + duration + "\"}");
    }

    /** What the account was asked, such as {@code POST /connect/token 200}; the last 1000. */
    List<String> seen(Merchant merchant) {
        var seen = new ArrayList<String>();
        for (JsonNode entry : get("requests?provider=worldline-acquiring&limit=1000&account=" + merchant.account()).path("data")) {
            seen.add(entry.path("method").asString() + " " + entry.path("path").asString() + " " + entry.path("status").asInt());
        }
        return seen;
    }

    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(URI.create(control + "/control/" + path)).GET());
    }

    JsonNode post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(control + "/control/" + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
