package dev.bezant.server.search;

/** A query that is not one. The message says what and how to mend it, and never more of what was typed than a name. */
final class QueryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    /** @param position in the query, from 1 */
    QueryException(int position, String message) {
        super(message, null, false, false);
        this.position = position;
    }

    int position() {
        return position;
    }
}
