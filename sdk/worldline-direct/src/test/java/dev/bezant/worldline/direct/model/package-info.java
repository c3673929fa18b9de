/** Tests. */
@NullMarked
package dev.bezant.worldline.direct.model;

import org.jspecify.annotations.NullMarked;
