package dev.bezant.sdk.codegen;

import java.util.List;

/**
 * One object.
 *
 * @param interfaces hand-written ones in the same package, whose default methods the class is to have
 */
record ObjectSpec(String name, String doc, List<String> interfaces, List<FieldSpec> fields) {}
