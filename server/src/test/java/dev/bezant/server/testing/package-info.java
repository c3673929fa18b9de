/** What tests of several packages share. */
@NullMarked
package dev.bezant.server.testing;

import org.jspecify.annotations.NullMarked;
