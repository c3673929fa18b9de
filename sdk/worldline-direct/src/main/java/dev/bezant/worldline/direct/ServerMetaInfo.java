package dev.bezant.worldline.direct;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.http.MetadataProvider;
import dev.bezant.sdk.json.JacksonMarshaller;
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
 * Says which software calls: the {@code X-GCS-ServerMetaInfo} header, which every call must have, and headers of the caller's own.
 *
 * @see "docs/protocols/worldline-direct.md, section 4"
 */
final class ServerMetaInfo implements MetadataProvider {
    private static final Set<String> OURS = Set.of("x-gcs-servermetainfo", "x-gcs-clientmetainfo", "x-gcs-idempotence-key", "date",
            "content-type", "content-encoding", "authorization", "user-agent", "accept");

    private final Headers headers;

    private ServerMetaInfo(Headers headers) {
        this.headers = headers;
    }

    static ServerMetaInfo of(String integrator, @Nullable ShoppingCartExtension extension, Headers additional) {
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
        String agent = "bezant-sdk-worldline-direct/" + version + " (" + integrator.replaceAll("[^\\x20-\\x7e]|[()]", " ") + ")";
        return new ServerMetaInfo(Headers.of("User-Agent", agent, "X-GCS-ServerMetaInfo", encoded).and(additional));
    }

    /** What is wrong with headers of the caller's own. */
    static List<String> problems(Headers additional) {
        var problems = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (Headers.Header header : additional.list()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (OURS.contains(name)) {
                problems.add("the additional header " + header.name() + " is one that the SDK sets itself"
                        + (name.equals("x-gcs-clientmetainfo") ? ": use withClientMetaInfo" : ""));
            } else if (!seen.add(name)) {
                problems.add("the additional header " + header.name() + " is given twice");
            }
        }
        return problems;
    }

    @Override
    public Headers headers() {
        return headers;
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
