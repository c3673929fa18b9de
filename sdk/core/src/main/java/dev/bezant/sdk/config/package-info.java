/**
 * Reads settings from properties and reports every mistake at once, with where it stands, what was found and what was expected. Entry point:
 * {@link dev.bezant.sdk.config.Settings}.
 */
@NullMarked
package dev.bezant.sdk.config;

import org.jspecify.annotations.NullMarked;
