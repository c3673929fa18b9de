package dev.bezant.server.testing;

import dev.bezant.server.kernel.Json;
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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The simulated providers in a process of their own, one per JVM; every test takes an account of its own there. */
public final class SandboxProcess {
    private static final String READY = "BEZANT_SANDBOX_READY ";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static @Nullable SandboxProcess shared;

    private final String control;
    private final JsonNode addresses;
    /** Account to provider: names are told apart by the tests. */
    private final Map<String, String> providers = new ConcurrentHashMap<>();

    private SandboxProcess(JsonNode ready) {
        this.control = ready.path("control").asString();
        this.addresses = ready;
    }

    public static synchronized SandboxProcess shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** Origin of the simulated Cardinity. */
    public String cardinity() {
        return address("cardinity");
    }

    /** Origin of a simulated provider. */
    public String address(String provider) {
        return addresses.path(provider).asString();
    }

    /** @param name unique to the test */
    public ObjectNode newAccount(String name) {
        return newAccount("cardinity", name, Json.object());
    }

    /** @param settings of the simulator, beside the credentials that it makes up */
    public ObjectNode newAccount(String provider, String name, ObjectNode settings) {
        providers.put(name, provider);
        ObjectNode wanted = Json.object().put("provider", provider).put("account", name);
        wanted.set("credentials", settings);
        return post("/control/accounts", Json.write(wanted));
    }

    /** Takes an account's credentials away. */
    public void revoke(String account) {
        call("DELETE", "/control/accounts?provider=" + provider(account) + "&account=" + account, null);
    }

    private String provider(String account) {
        return providers.getOrDefault(account, "cardinity");
    }

    /** What really happened at an account, oldest first. */
    public List<JsonNode> ledger(String account) {
        var all = new ArrayList<JsonNode>();
        long after = 0;
        while (true) {
            ObjectNode page = call("GET", "/control/ledger?provider=" + provider(account) + "&limit=1000&account=" + account + "&after=" + after, null);
            page.get("data").forEach(all::add);
            if (!page.path("has_more").asBoolean()) {
                return all;
            }
            after = all.getLast().path("seq").asLong();
        }
    }

    public List<String> kinds(String account) {
        return ledger(account).stream().map(entry -> entry.path("kind").asString() + " " + entry.path("amount").asLong()).toList();
    }

    /** How many requests for an operation the account has seen; faults included. */
    public long requests(String account, String method, String path) {
        return requestsSeen(account).stream()
                .filter(it -> it.path("method").asString().equals(method) && it.path("path").asString().equals(path))
                .count();
    }

    public List<JsonNode> requestsSeen(String account) {
        var seen = new ArrayList<JsonNode>();
        long after = 0;
        while (true) {
            ObjectNode page = call("GET", "/control/requests?provider=" + provider(account) + "&limit=1000&after=" + after, null);
            for (JsonNode entry : page.get("data")) {
                after = entry.path("seq").asLong();
                if (entry.path("account").asString("").equals(account)) {
                    seen.add(entry);
                }
            }
            if (!page.path("has_more").asBoolean()) {
                return seen;
            }
        }
    }

    /** @param json without provider and account, such as {@code "fault":"stall","operation":"createPayment"} */
    public void fault(String account, String json) {
        post("/control/faults", "{\"provider\":\"" + provider(account) + "\",\"account\":\"" + account + "\"," + json + "}");
    }

    public ObjectNode post(String path, String json) {
        return call("POST", path, json);
    }

    public ObjectNode call(String method, String path, @Nullable String json) {
        try {
            HttpResponse<String> response = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(control + path))
                            .header("Content-Type", "application/json")
                            .method(method, json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return Json.readObject(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SandboxProcess start() {
        Path jar = Path.of(Objects.requireNonNull(System.getProperty("bezant.home"), "bezant.home"), "sandbox/target/bezant-sandbox.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("Build the sandbox first: " + jar + " does not exist (mvn -pl sandbox package)");
        }
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC", "-jar", jar.toString(), "--port", "0")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            while (line != null && !line.startsWith(READY)) {
                line = out.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("The sandbox did not start");
            }
            return new SandboxProcess(Json.read(line.substring(READY.length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
