/** Tests. */
@NullMarked
package dev.bezant.sdk.model;

import org.jspecify.annotations.NullMarked;
