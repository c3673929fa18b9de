/**
 * Writes the Java sources of an SDK's models from one description of a provider's objects, at build time. Entry point: {@link
 * dev.bezant.sdk.codegen.Generator}. Knows no provider, and nobody's class path has it: Maven runs it.
 */
@NullMarked
package dev.bezant.sdk.codegen;

import org.jspecify.annotations.NullMarked;
