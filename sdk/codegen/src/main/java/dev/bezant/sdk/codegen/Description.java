package dev.bezant.sdk.codegen;

import java.util.Map;

/**
 * What a description file says.
 *
 * @param file its name, for the head of each source
 * @param javaPackage of the generated classes
 * @param source where the facts are from, for {@code @see}
 * @param objects by name, in the order of the file, as are the enums
 */
record Description(String file, String javaPackage, String source, Map<String, EnumSpec> enums, Map<String, ObjectSpec> objects) {}
