/** Tests. */
@NullMarked
package dev.bezant.sdk.logging;

import org.jspecify.annotations.NullMarked;
