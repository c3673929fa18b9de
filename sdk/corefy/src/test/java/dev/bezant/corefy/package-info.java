/**
 * Tests of the Corefy client: published vectors, real HTTP against a server that answers as it is told, and the built sandbox as a process of its own.
 */
@NullMarked
package dev.bezant.corefy;

import org.jspecify.annotations.NullMarked;
