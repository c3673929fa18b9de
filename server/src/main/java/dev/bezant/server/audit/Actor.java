package dev.bezant.server.audit;

/**
 * Who changes something.
 *
 * @param name {@code cli:<user of the system>}, {@code server} where nobody asked, or the id of an API key
 */
public record Actor(String name) {
    /** The server itself: what its first start sets up, what a job decides. */
    public static final Actor SERVER = new Actor("server");

    /** Whoever sits at the command line, by the name that the system knows. */
    public static Actor commandLine() {
        return new Actor("cli:" + System.getProperty("user.name", "unknown"));
    }

    /** @param keyId the key's id, never the key */
    public static Actor key(String keyId) {
        return new Actor(keyId);
    }
}
