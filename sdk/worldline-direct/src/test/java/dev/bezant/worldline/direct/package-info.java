/** Tests. */
@NullMarked
package dev.bezant.worldline.direct;

import org.jspecify.annotations.NullMarked;
