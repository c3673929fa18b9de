/** Tests. */
@NullMarked
package dev.bezant.sdk.webhook;

import org.jspecify.annotations.NullMarked;
