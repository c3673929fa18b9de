package dev.bezant.server.testing;

import dev.bezant.server.http.Idempotency;
import java.nio.charset.StandardCharsets;

/** Seals nothing, but notices an answer that is opened as another row's. */
public enum PlainSealer implements Idempotency.Sealer {
    INSTANCE;

    @Override
    public byte[] seal(String accountId, String id, String answer) {
        return (accountId + "/" + id + "/" + answer).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String open(String accountId, String id, byte[] sealed) {
        String text = new String(sealed, StandardCharsets.UTF_8);
        String belongsTo = accountId + "/" + id + "/";
        if (!text.startsWith(belongsTo)) {
            throw new IllegalStateException("Sealed for another row than " + belongsTo);
        }
        return text.substring(belongsTo.length());
    }
}
