package dev.bezant.server.webhook;

import dev.bezant.server.dialect.ApiVersion;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.AddressRange;
import dev.bezant.server.webhook.Endpoint.Disabled;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request says about an endpoint, checked. */
final class EndpointParams {
    private static final int CONCURRENCY_STANDARD = 10;
    private static final int CONCURRENCY_MAX = 100;
    private static final int DESCRIPTION_MAX = 5000;
    private static final int PORT_MAX = 65_535;

    private final WebhookSettings settings;

    EndpointParams(WebhookSettings settings) {
        this.settings = settings;
    }

    Endpoint created(Params params, Caller caller, String id, Instant now) {
        String url = url(params, caller);
        if (url == null) {
            throw missing(params, "url");
        }
        List<String> events = EventTypes.read(params);
        if (events == null) {
            throw ApiException.missing("enabled_events");
        }
        Boolean ordered = params.flag("ordered");
        Long concurrency = params.integer("max_concurrency", 1, CONCURRENCY_MAX);
        return new Endpoint(caller.accountId(), id, caller.livemode(), url, events, version(params), params.text("description", DESCRIPTION_MAX),
                Metadata.merged(params, null), null, ordered != null && ordered, concurrency == null ? CONCURRENCY_STANDARD : concurrency.intValue(), now);
    }

    /** What is not named stays as it is. */
    Endpoint changed(Params params, Caller caller, Endpoint stored) {
        String url = url(params, caller);
        if (url == null && params.has("url")) {
            throw missing(params, "url");
        }
        List<String> events = EventTypes.read(params);
        String version = version(params);
        Boolean ordered = params.flag("ordered");
        Long concurrency = params.integer("max_concurrency", 1, CONCURRENCY_MAX);
        Boolean disabled = params.flag("disabled");
        String description = params.text("description", DESCRIPTION_MAX);
        return new Endpoint(stored.accountId(), stored.id(), stored.livemode(),
                url == null ? stored.url() : url,
                events == null ? stored.enabledEvents() : events,
                params.has("api_version") ? version : stored.apiVersion(),
                params.has("description") ? description : stored.description(),
                Metadata.merged(params, stored.metadata()),
                disabled(disabled, stored.disabled()),
                ordered == null ? stored.ordered() : ordered,
                concurrency == null ? stored.maxConcurrency() : concurrency.intValue(),
                stored.createdAt());
    }

    private static @Nullable Disabled disabled(@Nullable Boolean asked, @Nullable Disabled stored) {
        if (asked == null) {
            return stored;
        }
        return !asked ? null : stored == null ? Disabled.REQUEST : stored;
    }

    /** Any version that has the form of one, also one that we know nothing of. */
    static @Nullable String version(Params params) {
        String version = params.text("api_version", 60);
        if (version != null && ApiVersion.parse(version).isEmpty()) {
            throw ApiException.invalid("api_version",
                    "Invalid api_version: expected a date such as 2026-07-29, or with a name behind it, " + ApiVersion.STANDARD.text() + ".");
        }
        return version;
    }

    private @Nullable String url(Params params, Caller caller) {
        String url = params.url("url");
        if (url == null) {
            return null;
        }
        URI uri = URI.create(url);
        if (uri.getPort() == 0 || uri.getPort() > PORT_MAX) {
            throw refused("Not a valid URL: the port is not between 1 and " + PORT_MAX + ".");
        }
        if (!settings.privateAllowed(caller.livemode())) {
            checkPublic(uri);
        }
        return url;
    }

    /** The early word; what counts is looked at when connecting, since names can come to mean anything. */
    private static void checkPublic(URI uri) {
        if (!uri.getScheme().toLowerCase(Locale.ROOT).equals("https")) {
            throw refused("Invalid url: live events are sent to https addresses only.");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        InetAddress literal = AddressRange.address(host).orElse(null);
        boolean local = host.equals("localhost") || host.endsWith(".localhost");
        if (local || (literal != null && !PublicAddresses.contains(literal))) {
            throw refused("Invalid url: live events are not sent to this machine or into private networks. Whoever runs this server can allow it"
                    + " with the setting webhooks.private_addresses.");
        }
    }

    private static ApiException refused(String message) {
        return new ApiException(ErrorCode.URL_INVALID, "url", message);
    }

    private static ApiException missing(Params params, String name) {
        return params.has(name)
                ? new ApiException(ErrorCode.PARAMETER_INVALID_EMPTY, name, "The value of " + name + " is empty. Give it a value.")
                : ApiException.missing(name);
    }
}
