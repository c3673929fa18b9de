package dev.bezant.sandbox.worldlineacquiring;

import org.jspecify.annotations.Nullable;

/** What the merchant calls something: a reference where there is one, and always the operation's id. */
record References(String operationId, @Nullable String merchantReference) {
    static References read(Input body) {
        return new References(body.requiredText("operationId"), body.object("references").text("merchantReference"));
    }

    /** For the truth ledger. */
    String name() {
        return merchantReference == null || merchantReference.isBlank() ? operationId : merchantReference;
    }
}
