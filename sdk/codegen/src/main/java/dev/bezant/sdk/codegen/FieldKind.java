package dev.bezant.sdk.codegen;

import java.util.List;

/** What a field holds, one of it. */
sealed interface FieldKind {
    /** A kind that JSON, or a usual form of text, has. */
    enum Scalar implements FieldKind {
        STRING("string", "String", "String", "TEXT"),
        INT("int", "Integer", "int", "INT"),
        LONG("long", "Long", "long", "LONG"),
        BOOLEAN("boolean", "Boolean", "boolean", "BOOLEAN"),
        DECIMAL("decimal", "java.math.BigDecimal", "java.math.BigDecimal", "DECIMAL"),
        DATE("date", "java.time.LocalDate", "java.time.LocalDate", "DATE"),
        DATE_TIME("date-time", "java.time.OffsetDateTime", "java.time.OffsetDateTime", "DATE_TIME");

        private final String word;
        private final String javaClass;
        private final String setterClass;
        private final String constant;

        Scalar(String word, String javaClass, String setterClass, String constant) {
            this.word = word;
            this.javaClass = javaClass;
            this.setterClass = setterClass;
            this.constant = constant;
        }

        String word() {
            return word;
        }

        boolean isPrimitive() {
            return Character.isLowerCase(setterClass.charAt(0)) && !setterClass.contains(".");
        }

        /** Primitive where there is one, so that a literal fits. */
        String setterClass() {
            return setterClass;
        }

        @Override
        public String javaClass() {
            return javaClass;
        }

        @Override
        public String fieldType() {
            return "FieldType." + constant;
        }
    }

    /** A text that is a class of its own in Java. */
    record Text(String javaClass, String read, String write) implements FieldKind {
        @Override
        public String fieldType() {
            String simple = Names.simple(javaClass);
            return "FieldType.text(" + simple + "::" + read + ", " + simple + "::" + write + ")";
        }
    }

    /** A text of which some values are known. */
    record Words(String enumName) implements FieldKind {
        @Override
        public String javaClass() {
            return enumName;
        }

        @Override
        public String fieldType() {
            return "FieldType.TEXT";
        }
    }

    /** Another object of the description. */
    record Nested(String objectName) implements FieldKind {
        @Override
        public String javaClass() {
            return objectName;
        }

        @Override
        public String fieldType() {
            return "FieldType.object(" + objectName + ".class)";
        }
    }

    /** Boxed; fully qualified unless of the same package or {@code java.lang}. */
    String javaClass();

    /** The expression of the core's type for it. */
    String fieldType();

    static List<Scalar> scalars() {
        return List.of(Scalar.values());
    }
}
