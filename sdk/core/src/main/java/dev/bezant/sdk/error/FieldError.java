package dev.bezant.sdk.error;

import org.jspecify.annotations.Nullable;

/**
 * One item that the provider found wrong.
 *
 * @param field dotted path as the provider names it; empty when it named none
 * @param rejected the refused value as text; null when absent, masked where it could be card data
 */
public record FieldError(String field, @Nullable String rejected, String message) {}
