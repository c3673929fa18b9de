package dev.bezant.server.vault;

import java.nio.charset.StandardCharsets;

/** What a ciphertext belongs to: moved to another row, account or mode, it no longer opens. */
final class AssociatedData {
    private AssociatedData() {}

    static byte[] card(String accountId, boolean livemode, String cardId) {
        return of("card", accountId, livemode ? "live" : "test", cardId);
    }

    static byte[] cvc(String accountId, String cardId, String keyId) {
        return of("cvc", accountId, cardId, keyId);
    }

    static byte[] text(SealedText kind, String accountId, String id) {
        return of(kind.word(), accountId, id);
    }

    /** Every part with its length before it, so that no two lists of parts give the same bytes. */
    static byte[] of(String... parts) {
        var text = new StringBuilder();
        for (String part : parts) {
            text.append(part.length()).append(':').append(part).append('|');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
