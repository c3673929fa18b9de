/** Tests. */
@NullMarked
package dev.bezant.worldline.acquiring;

import org.jspecify.annotations.NullMarked;
