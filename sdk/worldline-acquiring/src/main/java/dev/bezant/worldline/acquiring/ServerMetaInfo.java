package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.http.MetadataProvider;
import dev.bezant.sdk.json.JacksonMarshaller;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which software calls, and when: the {@code X-WL-ServerMetaInfo} and {@code Date} headers, and headers of the caller's own.
 *
 * @see "docs/protocols/worldline-acquiring.md, section 4"
 */
final class ServerMetaInfo implements MetadataProvider {
    private static final Set<String> OURS = Set.of("x-wl-servermetainfo", "date", "trace-id", "content-type", "content-encoding", "authorization",
            "user-agent", "accept");
    /** RFC 9110's fixed form, the day with two digits: Java's own RFC 1123 formatter writes one. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US).withZone(ZoneOffset.UTC);

    private final Headers headers;
    private final Clock clock;

    private ServerMetaInfo(Headers headers, Clock clock) {
        this.headers = headers;
        this.clock = clock;
    }

    static ServerMetaInfo of(String integrator, @Nullable ShoppingCartExtension extension, Headers additional, Clock clock) {
        String version = version();
        var info = new LinkedHashMap<String, Object>();
        info.put("platformIdentifier", platform());
        info.put("sdkIdentifier", "BezantJavaSDK/v" + version);
        info.put("sdkCreator", "Bezant");
        info.put("integrator", integrator);
        if (extension != null) {
            info.put("shoppingCartExtension", json(extension));
        }
        String encoded = Base64.getEncoder().encodeToString(JacksonMarshaller.plain().marshal(info));
        String agent = "bezant-sdk-worldline-acquiring/" + version + " (" + integrator.replaceAll("[^\\x20-\\x7e]|[()]", " ") + ")";
        return new ServerMetaInfo(Headers.of("User-Agent", agent, "X-WL-ServerMetaInfo", encoded).and(additional), clock);
    }

    /** What is wrong with headers of the caller's own. */
    static List<String> problems(Headers additional) {
        var problems = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (Headers.Header header : additional.list()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (OURS.contains(name)) {
                problems.add("the additional header " + header.name() + " is one that the SDK sets itself");
            } else if (!seen.add(name)) {
                problems.add("the additional header " + header.name() + " is given twice");
            }
        }
        return problems;
    }

    @Override
    public Headers headers() {
        return headers.and(Headers.of("Date", DATE.format(clock.instant())));
    }

    private static Map<String, Object> json(ShoppingCartExtension extension) {
        var json = new LinkedHashMap<String, Object>();
        json.put("creator", extension.creator());
        json.put("name", extension.name());
        json.put("version", extension.version());
        if (extension.extensionId() != null) {
            json.put("extensionId", extension.extensionId());
        }
        return json;
    }

    /** In the form of the vendor's own libraries. */
    private static String platform() {
        return property("os.name") + "/" + property("os.version") + " Java/" + property("java.vm.specification.version") + " ("
                + property("java.vm.vendor") + "; " + property("java.vm.name") + "; " + property("java.version") + ")";
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        return value == null ? "unknown" : value;
    }

    /** From the jar's manifest. */
    private static String version() {
        String version = ServerMetaInfo.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
