package dev.bezant.server.vault;

/**
 * Texts that the vault encrypts for other tables, each with the column it lies in, so that a rotation finds them. The rows are keyed
 * by {@code (account_id, id)}.
 */
public enum SealedText {
    /** What opens a provider account. */
    CREDENTIALS("provider_account", "credentials"),
    /** An answer that holds a secret, kept for its idempotency key. */
    ANSWER("idempotency_key", "sealed_body"),
    /** What a webhook endpoint's deliveries are signed with. */
    WEBHOOK_SECRET("webhook_secret", "sealed");

    private final String table;
    private final String column;

    SealedText(String table, String column) {
        this.table = table;
        this.column = column;
    }

    String table() {
        return table;
    }

    String column() {
        return column;
    }

    /** What binds a ciphertext to its purpose; never changed once something is stored. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
