/** Tests. */
@NullMarked
package dev.bezant.sdk.http;

import org.jspecify.annotations.NullMarked;
