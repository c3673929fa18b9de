package dev.bezant.sdk.codegen;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** What Java can name, and how. */
final class Names {
    /** Taken by the classes that generated ones stand on. */
    private static final Set<String> METHODS = Set.of("otherFields", "violations", "parameters", "toBuilder", "builder", "equals", "hashCode",
            "toString", "getClass", "notify", "notifyAll", "wait", "clone", "finalize", "build", "otherField", "set", "value", "list");
    private static final Set<String> CLASSES = Set.of("Model", "ModelType", "ModelField", "FieldType", "Builder", "List", "Optional", "Nullable",
            "String", "Integer", "Long", "Boolean", "Object", "Override");

    private Names() {}

    static boolean isClassName(String name) {
        return name.matches("[A-Z][A-Za-z0-9]*") && !CLASSES.contains(name);
    }

    /** {@code value} and {@code list} are methods with an argument in the class above, so that a field may have these names. */
    static boolean isFieldName(String name) {
        boolean taken = METHODS.contains(name) && !name.equals("value") && !name.equals("list");
        return name.matches("[a-z][A-Za-z0-9]*") && !SourceVersion.isKeyword(name) && !taken;
    }

    /** {@code no-challenge-requested}, {@code createAlways} and {@code CAPTURED} in Java's way; not always a name, see {@link #isConstant}. */
    static String constant(String wire) {
        return wire.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
    }

    static boolean isConstant(String name) {
        return name.matches("[A-Z][A-Z0-9_]*") && !name.equals("UNRECOGNIZED");
    }

    static String simple(String javaClass) {
        return javaClass.substring(javaClass.lastIndexOf('.') + 1);
    }

    static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** As a string literal. */
    static String literal(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
