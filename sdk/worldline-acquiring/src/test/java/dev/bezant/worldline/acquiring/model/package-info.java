/** Tests. */
@NullMarked
package dev.bezant.worldline.acquiring.model;

import org.jspecify.annotations.NullMarked;
