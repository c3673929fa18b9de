/** Tests. */
@NullMarked
package dev.bezant.worldline.direct.page;

import org.jspecify.annotations.NullMarked;
