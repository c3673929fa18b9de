/** Tests. */
@NullMarked
package dev.bezant.sdk.config;

import org.jspecify.annotations.NullMarked;
