/**
 * Typed JSON objects that lose nothing: what the classes that are generated from a provider's description stand on. A {@link
 * dev.bezant.sdk.model.Model} knows its fields through its {@link dev.bezant.sdk.model.ModelType}; whatever else it was read with, it keeps and
 * writes back. Knows no provider and sends nothing; the marshaller of {@code dev.bezant.sdk.json} reads and writes models.
 */
@NullMarked
package dev.bezant.sdk.model;

import org.jspecify.annotations.NullMarked;
