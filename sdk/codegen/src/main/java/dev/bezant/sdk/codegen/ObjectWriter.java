package dev.bezant.sdk.codegen;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The source of an object's class: its type, accessors, and builder. */
final class ObjectWriter {
    private final Description description;
    private final ObjectSpec object;

    ObjectWriter(Description description, ObjectSpec object) {
        this.description = description;
        this.object = object;
    }

    static String head(Description description) {
        return "// Generated from " + description.file() + ": change that file, not this one.\npackage " + description.javaPackage() + ";\n\n";
    }

    String source() {
        var source = new StringBuilder(head(description));
        imports().forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append('\n')
                .append(Javadoc.of("", object.doc(), "@see \"" + description.source() + "\""))
                .append("public final class ").append(object.name()).append(" extends Model");
        if (!object.interfaces().isEmpty()) {
            source.append(" implements ").append(String.join(", ", object.interfaces()));
        }
        source.append(" {\n");
        type(source);
        source.append("""

                    private NAME(Builder builder) {
                        super(TYPE, builder);
                    }

                    public static Builder builder() {
                        return new Builder();
                    }

                    /** Starts with what this object holds. */
                    public Builder toBuilder() {
                        return new Builder(this);
                    }
                """.replace("NAME", object.name()));
        for (int i = 0; i < object.fields().size(); i++) {
            accessor(source, i, object.fields().get(i));
        }
        builder(source);
        return source.append("}\n").toString();
    }

    private Set<String> imports() {
        var imports = new TreeSet<>(List.of("dev.bezant.sdk.model.Model", "dev.bezant.sdk.model.ModelType"));
        for (FieldSpec field : object.fields()) {
            imports.add("dev.bezant.sdk.model.FieldType");
            imports.add("dev.bezant.sdk.model.ModelField");
            imports.add(field.list() ? "java.util.List" : "java.util.Optional");
            if (field.kind().javaClass().contains(".")) {
                imports.add(field.kind().javaClass());
            }
            if (field.list() || !isPrimitive(field.kind())) {
                imports.add("org.jspecify.annotations.Nullable");
            }
        }
        imports.removeIf(name -> name.equals(description.javaPackage() + "." + Names.simple(name)));
        return imports;
    }

    private void type(StringBuilder source) {
        source.append("    /** How these objects are read and written. */\n    public static final ModelType<").append(object.name())
                .append("> TYPE = ModelType.of(").append(Names.literal(object.name())).append(", Builder::new");
        for (FieldSpec field : object.fields()) {
            String type = field.kind().fieldType();
            source.append(",\n            ModelField.of(").append(Names.literal(field.wire())).append(", ")
                    .append(field.list() ? "FieldType.list(" + type + ")" : type).append(')').append(rules(field));
        }
        source.append(");\n");
    }

    private static String rules(FieldSpec field) {
        var rules = new StringBuilder();
        if (field.hidden()) {
            rules.append(".hide()");
        }
        if (field.required()) {
            rules.append(".require()");
        }
        if (field.least() != null || field.most() != null) {
            rules.append(".range(").append(field.least() == null ? "Long.MIN_VALUE" : field.least() + "L").append(", ")
                    .append(field.most() == null ? "Long.MAX_VALUE" : field.most() + "L").append(')');
        }
        if (field.pattern() != null) {
            rules.append("\n                    .matching(").append(Names.literal(field.pattern())).append(", ")
                    .append(Names.literal(field.expected())).append(')');
        }
        return rules.toString();
    }

    private static void accessor(StringBuilder source, int index, FieldSpec field) {
        source.append('\n');
        String name = Names.simple(field.kind().javaClass());
        String doc = doc(field);
        if (field.kind() instanceof FieldKind.Words) {
            String known = (doc.isEmpty() ? "" : doc + " ") + "`UNRECOGNIZED` for a word newer than this version: `" + field.java()
                    + "Text` has it as received.";
            source.append(Javadoc.of("    ", known));
            source.append("    public Optional<").append(name).append("> ").append(field.java()).append("() {\n        return this.<String>value(")
                    .append(index).append(").map(").append(name).append("::of);\n    }\n\n");
            source.append("    public Optional<String> ").append(field.java()).append("Text() {\n        return value(").append(index)
                    .append(");\n    }\n");
            return;
        }
        String full = field.list() ? (doc.isEmpty() ? "" : doc + " ") + "Empty when absent." : doc;
        if (!full.isEmpty()) {
            source.append(Javadoc.of("    ", full));
        }
        source.append("    public ").append(field.list() ? "List<" : "Optional<").append(name).append("> ").append(field.java())
                .append("() {\n        return ").append(field.list() ? "list(" : "value(").append(index).append(");\n    }\n");
    }

    private void builder(StringBuilder source) {
        source.append("""

                    /** Collects the fields; each may be left out. */
                    public static final class Builder extends Model.Builder<NAME, Builder> {
                        private Builder() {
                            super(TYPE);
                        }

                        private Builder(NAME from) {
                            super(TYPE, from);
                        }
                """.replace("NAME", object.name()));
        for (int i = 0; i < object.fields().size(); i++) {
            setter(source, i, object.fields().get(i));
        }
        source.append("""

                        @Override
                        public NAME build() {
                            return new NAME(this);
                        }
                    }
                """.replace("NAME", object.name()));
    }

    private static void setter(StringBuilder source, int index, FieldSpec field) {
        String name = Names.simple(field.kind().javaClass());
        String parameter = field.list() ? "@Nullable List<" + name + ">" : "@Nullable " + name;
        if (field.kind() instanceof FieldKind.Scalar scalar && !field.list()) {
            parameter = scalar.isPrimitive() ? scalar.setterClass() : parameter;
        }
        String doc = doc(field);
        source.append('\n');
        if (!doc.isEmpty()) {
            source.append(Javadoc.of("        ", doc));
        }
        source.append("        public Builder ").append(field.java()).append('(').append(parameter).append(" value) {\n            return set(")
                .append(index).append(", ");
        if (field.kind() instanceof FieldKind.Words) {
            source.append("value == null ? null : value.wire());\n        }\n\n")
                    .append("        /** For a word that is newer than this version. */\n        public Builder ").append(field.java())
                    .append("Text(@Nullable String value) {\n            return set(").append(index).append(", value);\n        }\n");
        } else {
            source.append("value);\n        }\n");
        }
    }

    /** The field's own words, then what is known about its bounds. */
    private static String doc(FieldSpec field) {
        var doc = new StringBuilder(field.doc());
        if (field.required()) {
            append(doc, "Required.");
        }
        if (field.least() != null && field.most() != null) {
            append(doc, field.least() + " to " + field.most() + (field.list() ? " items." : "."));
        } else if (field.least() != null) {
            append(doc, field.least() + " or more.");
        } else if (field.most() != null) {
            append(doc, "At most " + field.most() + (field.list() ? " items." : "."));
        }
        if (field.pattern() != null) {
            append(doc, Names.capitalized(field.expected()) + ".");
        }
        return doc.toString();
    }

    private static void append(StringBuilder doc, String sentence) {
        doc.append(doc.isEmpty() ? "" : " ").append(sentence);
    }

    private static boolean isPrimitive(FieldKind kind) {
        return kind instanceof FieldKind.Scalar scalar && scalar.isPrimitive();
    }
}
