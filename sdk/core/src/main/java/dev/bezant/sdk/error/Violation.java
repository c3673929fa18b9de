package dev.bezant.sdk.error;

/**
 * One mistake in a request, found before anything was sent.
 *
 * @param field dotted path in the provider's names, such as {@code payment_instrument.exp_month}
 * @param message what was expected; never holds card data
 */
public record Violation(String field, String message) {}
