package dev.bezant.server.shape;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where goods go: a name and an address, both required, and some optional texts.
 *
 * @param optional the texts besides: a customer has a phone, a payment also who carries it and under which number
 */
public record Shipping(List<String> optional) {
    public static final Shipping OF_CUSTOMER = new Shipping(List.of("phone"));
    public static final Shipping OF_PAYMENT = new Shipping(List.of("carrier", "phone", "tracking_number"));

    /**
     * Applies what a request says to what is stored: members it names change, others stay, an unset shipping goes.
     *
     * @return null if there is no shipping afterwards
     * @throws ApiException 400 if it would be without name or address
     */
    public @Nullable ObjectNode merged(Params params, @Nullable ObjectNode stored) {
        if (!params.has("shipping")) {
            return stored;
        }
        Params map = params.map("shipping");
        if (map == null) {
            return null;
        }
        ObjectNode address = Address.merged(map, "address", Members.objectOrNull(stored, "address"));
        String name = map.has("name") || stored == null ? map.text("name") : stored.path("name").stringValue(null);
        if (address == null) {
            throw map.has("address") ? empty(map, "address") : ApiException.missing(map.at("address"));
        }
        if (name == null) {
            throw map.has("name") ? empty(map, "name") : ApiException.missing(map.at("name"));
        }
        ObjectNode merged = Json.object();
        merged.set("address", address);
        merged.put("name", name);
        for (String member : optional) {
            String value = map.text(member);
            if (map.has(member)) {
                merged.put(member, value);
            } else {
                Members.copy(stored, member, merged);
            }
        }
        return merged;
    }

    /** The shipping with every member, or JSON null. */
    public JsonNode rendered(@Nullable JsonNode stored) {
        if (!(stored instanceof ObjectNode object)) {
            return NullNode.getInstance();
        }
        ObjectNode whole = Json.object();
        whole.set("address", Address.rendered(object.get("address")));
        Members.copy(object, "name", whole);
        optional.forEach(member -> Members.copy(object, member, whole));
        return whole;
    }

    private static ApiException empty(Params map, String member) {
        return new ApiException(ErrorCode.PARAMETER_INVALID_EMPTY, map.at(member), "The value of " + map.at(member)
                + " is empty, but shipping needs it. Give it a value, or unset shipping as a whole.");
    }
}
