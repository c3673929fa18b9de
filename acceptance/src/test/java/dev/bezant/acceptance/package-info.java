/** Real processes, started the way users start them. */
@NullMarked
package dev.bezant.acceptance;

import org.jspecify.annotations.NullMarked;
