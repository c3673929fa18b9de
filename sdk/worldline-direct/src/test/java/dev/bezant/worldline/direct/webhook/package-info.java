/** Tests. */
@NullMarked
package dev.bezant.worldline.direct.webhook;

import org.jspecify.annotations.NullMarked;
