/** Tests. */
@NullMarked
package dev.bezant.sdk;

import org.jspecify.annotations.NullMarked;
