package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./bezant listen} beside a server that dies and comes back. */
class ListenCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path parent;

    @Test
    void events_are_forwarded_across_a_killed_server_and_again_when_asked() throws Exception {
        try (CrashWorld world = CrashWorld.start(parent, "--no-sandbox"); Hook hook = Hook.open(Hook.Manner.GOOD)) {
            String secret = new Shell().run("listen", "--print-secret", "--data", world.data().toString()).out().strip();
            assertThat(secret).matches("whsec_[0-9A-Za-z]{32}");
            Path out = parent.resolve("listen.out");
            Path err = parent.resolve("listen.err");
            Process listen = new Shell().start(out, err, "listen", "--forward-to", hook.url(), "--data", world.data().toString(), "--header", "X-Shop: 7");
            try {
                await().atMost(PATIENCE).until(() -> world.books().count("webhook_endpoint where kind = 'listener'") == 1);
                customer(world, "before");
                await().atMost(PATIENCE).until(() -> hook.count() == 1);
                world.kill();
                world.startAgain();
                customer(world, "after");
                await().atMost(PATIENCE).until(() -> world.books().count("webhook_delivery where state = 'delivered'") == 2);

                String event = hook.calls().getFirst().event().path("id").asString();
                Shell.Result resent = new Shell().run("events", "resend", event, "--data", world.data().toString());
                assertThat(resent.exitCode()).as(resent.err()).isZero();
                assertThat(resent.out()).contains(event, "customer.created");
                await().atMost(PATIENCE).until(() -> world.books().count("webhook_delivery where state = 'delivered'") == 3);
                assertThat(hook.calls()).as("%s", Files.readString(err)).extracting(call -> call.event().at("/data/object/name").asString())
                        .startsWith("before").contains("after").endsWith("before");
                assertThat(hook.calls()).allSatisfy(call -> assertSigned(call, secret));
                assertThat(hook.calls().getFirst().headers()).containsEntry("X-shop", List.of("7"));
                assertThat(Files.readString(out)).contains("  200  customer.created  " + event);
            } finally {
                listen.destroy();
            }
            await().atMost(PATIENCE).until(() -> !listen.isAlive());
            assertThat(listen.exitValue()).isZero();
            assertThat(world.books().count("webhook_endpoint where kind = 'listener'")).isZero();
        }
    }

    private static void customer(CrashWorld world, String name) throws Exception {
        assertThat(Http.post(world.url() + "/v1/customers", Map.of("name", name), world.key(), null).status()).isEqualTo(200);
    }

    private static void assertSigned(Hook.Call call, String secret) throws Exception {
        String header = call.headers().getOrDefault("Payments-signature", List.of()).getFirst();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String time = header.substring(2, header.indexOf(','));
        mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(header).isEqualTo("t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(call.body())));
    }
}
