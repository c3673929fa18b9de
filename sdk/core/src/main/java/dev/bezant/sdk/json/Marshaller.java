package dev.bezant.sdk.json;

/** Turns objects into the bytes of a JSON body and back. Implementations are safe for use by many threads. */
public interface Marshaller {
    /** @return UTF-8 */
    byte[] marshal(Object value);

    /**
     * @param json UTF-8
     * @throws MalformedJsonException if this is not exactly one JSON value of the wanted type
     */
    <T> T unmarshal(byte[] json, Class<T> type);
}
