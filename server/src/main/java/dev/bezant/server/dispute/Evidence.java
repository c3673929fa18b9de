package dev.bezant.server.dispute;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.shape.Email;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a merchant says about a dispute: texts, and ids of files.
 *
 * @see "docs/protocols/payments-api.md, section 2.4, disputes"
 */
final class Evidence {
    private static final int SHORT_MAX = 2000;
    private static final int LONG_MAX = 20_000;
    /** Of all texts together, as issuers limit what they read. */
    private static final int TOTAL_MAX = 150_000;

    static final List<String> FILES = List.of("cancellation_policy", "customer_communication", "customer_signature",
            "duplicate_charge_documentation", "receipt", "refund_policy", "service_documentation", "shipping_documentation", "uncategorized_file");
    private static final List<String> LONG_TEXTS = List.of("access_activity_log", "cancellation_policy_disclosure", "cancellation_rebuttal",
            "duplicate_charge_explanation", "product_description", "refund_policy_disclosure", "refund_refusal_explanation", "uncategorized_text");
    private static final List<String> SHORT_TEXTS = List.of("billing_address", "customer_email_address", "customer_name", "customer_purchase_ip",
            "duplicate_charge_id", "service_date", "shipping_address", "shipping_carrier", "shipping_date", "shipping_tracking_number");
    /** All, in the order in which they are shown. */
    private static final List<String> ALL = Stream.of(FILES, LONG_TEXTS, SHORT_TEXTS).flatMap(List::stream).sorted().toList();

    private Evidence() {}

    /**
     * Applies the {@code evidence} of a request to what is stored: members it names change, others stay, an unset evidence goes.
     *
     * <p>Files are taken as sent: the caller checks whose they are.
     */
    static ObjectNode merged(Params params, ObjectNode stored) {
        if (!params.has("evidence")) {
            return stored;
        }
        Params given = params.map("evidence");
        if (given == null) {
            return Json.object();
        }
        ObjectNode merged = stored.deepCopy();
        FILES.forEach(name -> put(given, merged, name, given.text(name, 255)));
        LONG_TEXTS.forEach(name -> put(given, merged, name, given.text(name, LONG_MAX)));
        SHORT_TEXTS.forEach(name -> put(given, merged, name, name.equals("customer_email_address") ? Email.read(given, name) : given.text(name, SHORT_MAX)));
        int total = texts(merged).values().stream().mapToInt(String::length).sum();
        if (total > TOTAL_MAX) {
            throw ApiException.invalid("evidence", "Invalid evidence: its texts have " + total + " characters together, at most " + TOTAL_MAX
                    + " are taken. Put the rest into a file.");
        }
        return merged;
    }

    /** The fields that name files, with the files' ids. */
    static Map<String, String> files(ObjectNode evidence) {
        return of(evidence, FILES);
    }

    /** The fields that are texts. */
    static Map<String, String> texts(ObjectNode evidence) {
        return of(evidence, Stream.concat(LONG_TEXTS.stream(), SHORT_TEXTS.stream()).toList());
    }

    /** With every member, null where nothing was said. */
    static ObjectNode rendered(ObjectNode evidence) {
        ObjectNode shown = Json.object();
        for (String name : ALL) {
            JsonNode value = evidence.get(name);
            if (value == null) {
                shown.putNull(name);
            } else {
                shown.set(name, value);
            }
        }
        shown.putObject("enhanced_evidence");
        return shown;
    }

    private static Map<String, String> of(ObjectNode evidence, List<String> names) {
        return names.stream().filter(name -> evidence.path(name).isString()).collect(Collectors.toMap(name -> name, name -> evidence.get(name).stringValue()));
    }

    private static void put(Params given, ObjectNode merged, String name, @Nullable String value) {
        if (!given.has(name)) {
            return;
        }
        if (value == null) {
            merged.remove(name);
        } else {
            merged.put(name, value);
        }
    }
}
