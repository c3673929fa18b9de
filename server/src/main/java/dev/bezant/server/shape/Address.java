package dev.bezant.server.shape;

import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A postal address: {@code city, country, line1, line2, postal_code, state}, each of which may be null. */
public final class Address {
    private static final List<String> MEMBERS = List.of("city", "country", "line1", "line2", "postal_code", "state");

    private Address() {}

    /**
     * Applies what a request says to what is stored: members it names change, others stay, an unset address goes.
     *
     * @return null if there is no address afterwards
     */
    public static @Nullable ObjectNode merged(Params params, String name, @Nullable ObjectNode stored) {
        if (!params.has(name)) {
            return stored;
        }
        Params map = params.map(name);
        if (map == null) {
            return null;
        }
        ObjectNode merged = whole(stored);
        for (String member : MEMBERS) {
            String value = member.equals("country") ? Country.read(map, member) : map.text(member);
            if (map.has(member)) {
                merged.put(member, value);
            }
        }
        return merged;
    }

    /** The address with every member, or JSON null. */
    public static JsonNode rendered(@Nullable JsonNode stored) {
        return stored instanceof ObjectNode object ? whole(object) : NullNode.getInstance();
    }

    static ObjectNode whole(@Nullable ObjectNode stored) {
        ObjectNode whole = Json.object();
        for (String member : MEMBERS) {
            Members.copy(stored, member, whole);
        }
        return whole;
    }
}
