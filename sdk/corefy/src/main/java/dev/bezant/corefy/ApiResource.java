package dev.bezant.corefy;

import java.util.Map;
import java.util.Set;

/**
 * A resource whose members are not documented: as Corefy sent it.
 *
 * @param attributes texts, exact decimals, booleans, lists and maps
 */
public record ApiResource(String type, String id, Map<String, Object> attributes) {
    static ApiResource of(Resource resource) {
        return new ApiResource(resource.type(), resource.id(), Json.others(resource.attributes().node(), Set.of()));
    }
}
