package dev.bezant.server.http;

import dev.bezant.server.database.Session;
import tools.jackson.databind.node.ObjectNode;

/**
 * One endpoint.
 *
 * @param pattern such as {@code /v1/customers/{id}}; literal segments win over placeholders
 * @param access which kinds of key may call it
 */
public record Route(String method, String pattern, Access access, Work work) {
    /** Which keys may call. */
    public enum Access {
        SECRET_ONLY,
        /** Publishable keys too; the handler checks the client secret and what it shows. */
        PUBLISHABLE_TOO
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

    public static Route get(String pattern, Reads work) {
        return new Route("GET", pattern, Access.SECRET_ONLY, work);
    }

    public static Route post(String pattern, Writes work) {
        return new Route("POST", pattern, Access.SECRET_ONLY, work);
    }

    public static Route delete(String pattern, Writes work) {
        return new Route("DELETE", pattern, Access.SECRET_ONLY, work);
    }

    public static Route money(String pattern, MovesMoney work) {
        return new Route("POST", pattern, Access.SECRET_ONLY, work);
    }

    /** The same endpoint, open to publishable keys too. */
    public Route publishableToo() {
        return new Route(method, pattern, Access.PUBLISHABLE_TOO, work);
    }
}
