package dev.bezant.server.database;

/** Where statements run: the database itself (each statement its own commit) or one transaction. */
public interface Session {
    /**
     * Begins a statement.
     *
     * @param text one statement with {@code :named} parameters
     */
    Statement sql(String text);
}
