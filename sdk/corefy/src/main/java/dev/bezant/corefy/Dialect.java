package dev.bezant.corefy;

import java.util.Optional;

/** Which of the two APIs is spoken (docs/protocols/corefy.md, sections 1 and 13). */
public enum Dialect {
    /** The Commerce API with its Card Gate: what Corefy and its white labels really speak. */
    INVOICES("invoices"),
    /** Payment intents under {@code /v1} with signed requests. Known from one integration only; no public service was found that answers it. */
    INTENTS("intents");

    private final String word;

    Dialect(String word) {
        this.word = word;
    }

    /** As the settings spell it. */
    public String word() {
        return word;
    }

    static Optional<Dialect> of(String word) {
        for (Dialect dialect : values()) {
            if (dialect.word.equals(word)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }
}
