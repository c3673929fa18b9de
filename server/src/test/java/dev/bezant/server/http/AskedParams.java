package dev.bezant.server.http;

import java.util.Map;
import java.util.TreeMap;

/** What a handler wanted to know of its parameters, for tests outside of this package. */
public final class AskedParams {
    /** How a name was asked for. */
    public enum How {
        LOOKED_FOR,
        IGNORED,
        READ
    }

    private AskedParams() {}

    /** By name, such as {@code card[number]} or {@code items[][price]}. */
    public static Map<String, How> of(Params params) {
        var asked = new TreeMap<String, How>();
        params.asked().forEach((name, how) -> asked.put(name, How.valueOf(how.name())));
        return asked;
    }
}
