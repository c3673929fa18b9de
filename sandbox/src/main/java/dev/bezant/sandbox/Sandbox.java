package dev.bezant.sandbox;

import dev.bezant.sandbox.cardinity.CardinityProvider;
import dev.bezant.sandbox.control.ControlApi;
import dev.bezant.sandbox.control.Site;
import dev.bezant.sandbox.corefy.CorefyProvider;
import dev.bezant.sandbox.http.HttpHandler;
import dev.bezant.sandbox.http.HttpLimits;
import dev.bezant.sandbox.http.HttpServer;
import dev.bezant.sandbox.provider.Provider;
import dev.bezant.sandbox.provider.ProviderEndpoint;
import dev.bezant.sandbox.provider.Webhooks;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.SandboxException;
import dev.bezant.sandbox.world.World;
import dev.bezant.sandbox.worldlineacquiring.WorldlineAcquiringProvider;
import dev.bezant.sandbox.worldlinedirect.WorldlineDirectProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running sandbox: the control API on one port and every provider on its own. */
public final class Sandbox implements AutoCloseable {
    /**
     * @param port of the control API; each provider has the port at its own fixed distance behind it. 0 for any free ports
     * @param data where the truth is kept, null for memory only
     * @param instance null to keep or make one
     */
    public record Options(int port, @Nullable Path data, @Nullable String instance) {}

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
    /** Added to the control API's port. Fixed for good, whichever providers there are: merchants have the ports in their settings. */
    private static final Map<String, Integer> PORT_DISTANCES =
            Map.of("cardinity", 1, "worldline-direct", 2, "worldline-acquiring", 3, "corefy", 4);

    private final World world;
    private final Webhooks webhooks;
    private final List<Site> sites = new ArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;

    private Sandbox(World world) {
        this.world = world;
        this.webhooks = new Webhooks(world);
    }

    /**
     * Starts everything; ready when this returns.
     *
     * @throws SandboxException if a port or the directory cannot be used
     */
    public static Sandbox start(Options options, Clock clock) {
        var sandbox = new Sandbox(new World(clock));
        try {
            sandbox.open(options, clock);
            return sandbox;
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    private void open(Options options, Clock clock) {
        var providers = List.<Provider>of(new CardinityProvider(world, webhooks), new WorldlineDirectProvider(world, webhooks),
                new WorldlineAcquiringProvider(world), new CorefyProvider(world, webhooks));

        var control = new ControlApi(world, sites, this::close);
        listen(options.port(), "the control API", control, clock);
        for (var provider : providers) {
            int port = options.port() == 0 ? 0 : options.port() + portDistance(provider.name());
            var server = listen(port, provider.name(), new ProviderEndpoint(provider, world), clock);
            provider.listeningAt(server.uri());
            sites.add(new Site(provider, server));
        }
        world.open(options.data(), options.instance());
        providers.forEach(this::openStandardAccount);
        servers.forEach(HttpServer::start);
        Thread.ofVirtual().name("due").start(this::completeDueUntilClosed);
    }

    private static int portDistance(String provider) {
        var distance = PORT_DISTANCES.get(provider);
        if (distance == null) {
            throw new IllegalStateException(provider + " has no port: give it a distance of its own");
        }
        return distance;
    }

    private HttpServer listen(int port, String what, HttpHandler handler, Clock clock) {
        try {
            var server = new HttpServer(port, handler, HttpLimits.STANDARD, clock);
            servers.add(server);
            return server;
        } catch (IOException e) {
            throw new SandboxException("Port " + port + " (" + what + ") cannot be opened: " + e.getMessage()
                    + ". Stop what listens there, or choose other ports with --port; the providers listen on the ports after it", e);
        }
    }

    private void openStandardAccount(Provider provider) {
        if (world.accounts().find(provider.name(), "default").isEmpty()) {
            world.save(new Account(provider.name(), "default", provider.credentials(Map.of(), null), true, false));
        }
    }

    private void completeDueUntilClosed() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                completeDue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void completeDue() {
        for (var site : sites) {
            try {
                site.provider().completeDue();
            } catch (RuntimeException e) {
                LOG.error("{} could not complete what is due", site.provider().name(), e);
            }
        }
    }

    public String instance() {
        return world.instance();
    }

    public URI controlUri() {
        return servers.getFirst().uri();
    }

    /** Where each provider answers, by name, in port order. */
    public Map<String, URI> providerUris() {
        var uris = new LinkedHashMap<String, URI>();
        sites.forEach(site -> uris.put(site.provider().name(), site.server().uri()));
        return uris;
    }

    /** Waits until somebody closes the sandbox. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
        }
        servers.forEach(HttpServer::close);
        webhooks.close();
        world.close();
        closed.countDown();
    }
}
