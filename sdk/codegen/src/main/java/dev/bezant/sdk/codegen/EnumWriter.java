package dev.bezant.sdk.codegen;

/** The source of an enum of known words. */
final class EnumWriter {
    private final Description description;
    private final EnumSpec words;

    EnumWriter(Description description, EnumSpec words) {
        this.description = description;
        this.words = words;
    }

    String source() {
        var source = new StringBuilder(ObjectWriter.head(description));
        source.append(Javadoc.of("", words.doc(), "@see \"" + description.source() + "\""))
                .append("public enum ").append(words.name()).append(" {\n");
        for (EnumSpec.Word word : words.words()) {
            if (!word.doc().isEmpty()) {
                source.append(Javadoc.of("    ", word.doc()));
            }
            source.append("    ").append(word.constant()).append('(').append(Names.literal(word.wire())).append("),\n");
        }
        return source.append("""
                    /** A word that this version does not know: neither one nor the other of the above. */
                    UNRECOGNIZED("");

                    private final String wire;

                    NAME(String wire) {
                        this.wire = wire;
                    }

                    /** As it is sent. {@link #UNRECOGNIZED} cannot be: the text received can. */
                    public String wire() {
                        if (this == UNRECOGNIZED) {
                            throw new IllegalStateException("NAME.UNRECOGNIZED is no word that can be sent: set the text instead");
                        }
                        return wire;
                    }

                    public static NAME of(String wire) {
                        for (NAME word : values()) {
                            if (word.wire.equals(wire)) {
                                return word;
                            }
                        }
                        return UNRECOGNIZED;
                    }
                }
                """.replace("NAME", words.name()).indent(0)).toString();
    }
}
