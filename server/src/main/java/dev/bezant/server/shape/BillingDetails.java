package dev.bezant.server.shape;

import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who pays, as the statement's address check may ask: {@code address, email, name, phone, tax_id}. */
public final class BillingDetails {
    private static final List<String> TEXTS = List.of("email", "name", "phone", "tax_id");

    private BillingDetails() {}

    /**
     * Applies the {@code billing_details} of a request to what is stored: members it names change, others stay.
     *
     * @param stored null for a new object
     */
    public static ObjectNode merged(Params params, @Nullable ObjectNode stored) {
        ObjectNode merged = rendered(stored);
        if (!params.has("billing_details")) {
            return merged;
        }
        Params map = params.map("billing_details");
        if (map == null) {
            return rendered(null);
        }
        ObjectNode address = Address.merged(map, "address", Members.objectOrNull(merged, "address"));
        merged.set("address", Address.whole(address));
        for (String member : TEXTS) {
            String value = member.equals("email") ? Email.read(map, member) : map.text(member);
            if (map.has(member)) {
                merged.put(member, value);
            }
        }
        return merged;
    }

    /** The details with every member, the address's too; an absent one is null. */
    public static ObjectNode rendered(@Nullable ObjectNode stored) {
        ObjectNode whole = Json.object();
        whole.set("address", Address.whole(Members.objectOrNull(stored, "address")));
        TEXTS.forEach(member -> Members.copy(stored, member, whole));
        return whole;
    }
}
