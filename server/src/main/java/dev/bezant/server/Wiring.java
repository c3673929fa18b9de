package dev.bezant.server;

import dev.bezant.server.account.CredentialsCipher;
import dev.bezant.server.account.StoredProviderAccounts;
import dev.bezant.server.balance.BalanceFeature;
import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.dispute.DisputeDesk;
import dev.bezant.server.dispute.DisputeFeature;
import dev.bezant.server.dispute.DisputeSettings;
import dev.bezant.server.http.Buckets;
import dev.bezant.server.http.Exposure;
import dev.bezant.server.http.HttpServer.Probe;
import dev.bezant.server.http.HttpServer;
import dev.bezant.server.http.LocalBuckets;
import dev.bezant.server.http.RateLimits;
import dev.bezant.server.http.RedisBuckets;
import dev.bezant.server.http.RequestJournal;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.server.kernel.FileCheckpoint;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.ops.Composition;
import dev.bezant.server.ops.Health;
import dev.bezant.server.ops.Jobs;
import dev.bezant.server.ops.Platform;
import dev.bezant.server.ops.RunningServer;
import dev.bezant.server.ops.Settings;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.providerlog.ProviderLogSettings;
import dev.bezant.server.requestlog.RequestLogSettings;
import dev.bezant.server.vault.SealedText;
import dev.bezant.server.vault.Vault;
import dev.bezant.server.vault.VaultRotation;
import dev.bezant.server.webhook.WebhookSettings;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Puts the features together, in reading order. */
final class Wiring implements Composition {
    private final Platform platform;
    private final Vault vault;
    private final StoredProviderAccounts providers;

    Wiring(Platform platform) {
        this.platform = platform;
        this.vault = Vault.open(platform.data().resolve("vault"), platform.clock(), platform.ids());
        this.providers = new StoredProviderAccounts(platform.database(), platform.audit(), platform.ids(), cipher(vault));
    }

    @Override
    public StoredProviderAccounts providers() {
        return providers;
    }

    @Override
    public DisputeDesk disputes() {
        var balance = new BalanceFeature(new BalanceFeature.Tools(platform.database(), platform.accounts()::defaultCurrency,
                Duration.ofDays(platform.settings().get(Settings.AVAILABLE_DAYS)), platform.clock()));
        return DisputeFeature.desk(platform.database(), platform.audit(), balance, platform.ids(), platform.clock());
    }

    @Override
    public List<ConnectorFactory> connectors() {
        return Providers.all(Duration.ofMillis(platform.settings().get(Settings.PROVIDER_TIMEOUT_MS)));
    }

    @Override
    public List<String> rotateVault(BiConsumer<Long, Long> progress) {
        var rotation = new VaultRotation(platform.database(), vault, platform.clock(), Checkpoint.NONE);
        VaultRotation.Result result = rotation.rotate(progress::accept);
        var told = new ArrayList<String>();
        told.add((result.resumed() ? "Finished an earlier rotation" : "Rotated") + ": key " + result.keyId() + ", "
                + result.reencrypted() + " rows encrypted anew");
        if (result.unreadable() > 0) {
            told.add(result.unreadable() + " rows were left as they are: no key opens them");
        }
        if (!result.waiting().isEmpty()) {
            told.add(result.waiting().size() + " former keys are still kept; they go when no row needs them and an hour has passed");
        }
        return told;
    }

    @Override
    public RunningServer start() {
        Settings settings = platform.settings();
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Path checkpoints = settings.get(Settings.CHECKPOINTS).isEmpty() ? null : Path.of(settings.get(Settings.CHECKPOINTS));
        // Pages must know their address before it is listened on.
        int port = settings.get(Settings.PORT) == 0 ? freePort() : settings.get(Settings.PORT);
        HttpServer.Settings address = HttpServer.Settings.of(settings.get(Settings.HOST), port);
        String publicUrl = settings.get(Settings.PUBLIC_URL).isEmpty()
                ? "http://" + (address.host().equals("0.0.0.0") ? "127.0.0.1" : address.host()) + ":" + address.port()
                : settings.get(Settings.PUBLIC_URL);
        var payments = new PaymentSettings(publicUrl, Duration.ofMillis(settings.get(Settings.SEND_WINDOW_MS)),
                Duration.ofMillis(settings.get(Settings.PROVIDER_TIMEOUT_MS)), Duration.ofMinutes(settings.get(Settings.CHALLENGE_MINUTES)),
                Duration.ofDays(settings.get(Settings.AUTHORIZATION_DAYS)));
        var requestLog = new RequestLogSettings(settings.get(Settings.REQUEST_LOG_KEEP), Duration.ofDays(settings.get(Settings.REQUEST_LOG_DAYS)),
                settings.textOrNull(Settings.PUBLIC_URL));
        var providerLog = new ProviderLogSettings(settings.get(Settings.PROVIDER_LOG_KEEP), Duration.ofDays(settings.get(Settings.PROVIDER_LOG_DAYS)));
        var resources = new Features.Resources(Duration.ofDays(settings.get(Settings.AVAILABLE_DAYS)), new DisputeSettings(
                Duration.ofSeconds(settings.get(Settings.DISPUTE_POLL_SECONDS)), Duration.ofSeconds(settings.get(Settings.DISPUTE_TEST_POLL_SECONDS))));
        Buckets buckets = buckets(settings);
        var limits = new RateLimits(buckets, settings.get(Settings.RATE_LIMITS_COUNT_READS));
        var exposure = new Exposure(settings.get(Settings.TRUSTED_PROXIES), settings.get(Settings.PLAIN_LIVE), settings.get(Settings.ORIGINS));
        var features = new Features(new Features.Ground(platform.database(), vault, platform.keys(), providers, limits, exposure, payments,
                webhooks(settings), requestLog, providerLog, resources, routes -> RequestJournal.NONE, metrics, platform.ids(), platform.clock(),
                checkpoints == null ? Checkpoint.NONE : new FileCheckpoint(checkpoints)));
        features.prepare();

        var health = new Health(platform.database());
        var probes = new HashMap<>(features.probes());
        probes.put("/health/live", health::live);
        probes.put("/health/ready", health::ready);
        probes.put("/metrics", () -> new Probe(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
        HttpServer http = HttpServer.start(address, features.api(), features.pages(), features.doors(), probes);
        bind(metrics);
        var work = new ArrayList<>(features.jobs());
        work.add(new Jobs.Job("note when keys were used", Duration.ofMinutes(1), platform.keys()::noteUse));
        var jobs = new Jobs(work);
        return new RunningServer() {
            @Override
            public int port() {
                return http.port();
            }

            @Override
            public void becomeReady() {
                health.becomeReady();
                jobs.start();
            }

            @Override
            public void drainAndStop(Duration grace) {
                health.drain();
                features.drain();
                jobs.stop(grace);
                http.drainAndClose(grace);
                features.close();
                platform.keys().noteUse();
                close(buckets);
            }
        };
    }

    private static WebhookSettings webhooks(Settings settings) {
        return new WebhookSettings(Duration.ofMillis(settings.get(Settings.WEBHOOK_TIMEOUT_MS)), switch (settings.get(Settings.WEBHOOK_PRIVATE_ADDRESSES)) {
            case NONE -> Set.of();
            case TEST -> Set.of(Mode.TEST);
            case ALL -> Set.of(Mode.TEST, Mode.LIVE);
        });
    }

    private static Buckets buckets(Settings settings) {
        Secret redis = settings.secret(Settings.REDIS_URL);
        return redis == null ? new LocalBuckets() : RedisBuckets.connect(redis, new LocalBuckets());
    }

    private static void close(Buckets buckets) {
        if (buckets instanceof RedisBuckets redis) {
            redis.close();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void bind(PrometheusMeterRegistry metrics) {
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
    }

    private static CredentialsCipher cipher(Vault vault) {
        return new CredentialsCipher() {
            @Override
            public byte[] encrypt(String accountId, String providerAccountId, String json) {
                return vault.encryptText(SealedText.CREDENTIALS, accountId, providerAccountId, json);
            }

            @Override
            public Secret decrypt(String accountId, String providerAccountId, byte[] ciphertext) {
                return vault.decryptText(SealedText.CREDENTIALS, accountId, providerAccountId, ciphertext);
            }
        };
    }
}
