/** The entry point and the wiring. Nothing else knows everything. */
@NullMarked
package dev.bezant.server;

import org.jspecify.annotations.NullMarked;
