/** Tests. */
@NullMarked
package dev.bezant.sdk.codegen;

import org.jspecify.annotations.NullMarked;
