package dev.bezant.server.http;

import dev.bezant.server.database.Session;
import tools.jackson.databind.node.ObjectNode;

/**
 * One endpoint.
 *
 * @param pattern such as {@code /v1/customers/{id}}; literal segments win over placeholders
 * @param access which kinds of key may call it
 * @param family whose permission a restricted key needs, such as {@code customers}
 * @param terms what is special about it
 */
public record Route(String method, String pattern, Access access, String family, Terms terms, Work work) {
    /** Which keys may call. */
    public enum Access {
        SECRET_ONLY,
        /** Publishable keys too; the handler checks the client secret and what it shows. */
        PUBLISHABLE_TOO
    }

    /**
     * What differs from the usual.
     *
     * @param answersSecret whether the answer holds a secret, so that it is kept encrypted with its idempotency key
     * @param takesFiles whether a multipart body is taken, which may be larger
     * @param answers the object that is answered with; empty where its name is the resource's, as {@code charge} of {@code charges}
     */
    public record Terms(boolean answersSecret, boolean takesFiles, String answers) {
        static final Terms USUAL = new Terms(false, false, "");
    }

    /** What it does, by what it needs around it. */
    public sealed interface Work {}

    /** Reads only. */
    @FunctionalInterface
    public non-sealed interface Reads extends Work {
        ObjectNode handle(ApiRequest request);
    }

    /**
     * Changes only our own tables: runs in one transaction together with its idempotency row, so that a repeat finds either the
     * stored answer or nothing. Must not call anybody outside.
     */
    @FunctionalInterface
    public non-sealed interface Writes extends Work {
        ObjectNode handle(ApiRequest request, Session tx);
    }

    /** Moves money: brings its own commits and its own idempotency (see {@link Idempotency}). */
    @FunctionalInterface
    public non-sealed interface MovesMoney extends Work {
        ApiResponse handle(ApiRequest request);
    }

    /** Answers with bytes instead of an object. */
    @FunctionalInterface
    public non-sealed interface Downloads extends Work {
        Download handle(ApiRequest request);
    }

    /** @param contentType of a media type that is safe to hand to a browser */
    public record Download(String contentType, String fileName, byte[] content) {}

    public static Route get(String pattern, Reads work) {
        return route("GET", pattern, work);
    }

    public static Route post(String pattern, Writes work) {
        return route("POST", pattern, work);
    }

    public static Route delete(String pattern, Writes work) {
        return route("DELETE", pattern, work);
    }

    public static Route money(String pattern, MovesMoney work) {
        return route("POST", pattern, work);
    }

    public static Route download(String pattern, Downloads work) {
        return route("GET", pattern, work);
    }

    /** The same endpoint, open to publishable keys too. */
    public Route publishableToo() {
        return new Route(method, pattern, Access.PUBLISHABLE_TOO, family, terms, work);
    }

    /** The same endpoint under another permission than its first path segment names. */
    public Route under(String permission) {
        return new Route(method, pattern, access, permission, terms, work);
    }

    /** The same endpoint, whose answer is kept encrypted. */
    public Route answersSecret() {
        return new Route(method, pattern, access, family, new Terms(true, terms.takesFiles(), terms.answers()), work);
    }

    /** The same endpoint, which takes files. */
    public Route takesFiles() {
        return new Route(method, pattern, access, family, new Terms(terms.answersSecret(), true, terms.answers()), work);
    }

    /** The same endpoint, which answers with another object than its resource's. */
    public Route answering(String object) {
        return new Route(method, pattern, access, family, new Terms(terms.answersSecret(), terms.takesFiles(), object), work);
    }

    /** The name of the object that is answered with: {@code payment_intent} of {@code /v1/payment_intents/{id}/confirm}. */
    String answers() {
        String resource = pattern.split("/", -1)[2];
        return !terms.answers().isEmpty() ? terms.answers() : resource.endsWith("s") ? resource.substring(0, resource.length() - 1) : resource;
    }

    boolean writes() {
        return !method.equals("GET");
    }

    /** For tables by endpoint: {@code POST /v1/customers}. */
    public String endpoint() {
        return method + " " + pattern;
    }

    private static Route route(String method, String pattern, Work work) {
        return new Route(method, pattern, Access.SECRET_ONLY, pattern.split("/", -1)[2], Terms.USUAL, work);
    }
}
