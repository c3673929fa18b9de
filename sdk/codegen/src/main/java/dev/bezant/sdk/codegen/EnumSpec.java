package dev.bezant.sdk.codegen;

import java.util.List;

/** The words that a text field is known to hold. Others pass through. */
record EnumSpec(String name, String doc, List<Word> words) {
    /**
     * One word.
     *
     * @param wire as it is sent
     * @param constant as Java names it
     * @param doc may be empty
     */
    record Word(String wire, String constant, String doc) {}
}
