/**
 * Worldline Acquiring for Java programs. Entry point: {@link dev.bezant.worldline.acquiring.AcquiringClient}; its calls hang off {@link
 * dev.bezant.worldline.acquiring.V1Client}. Wire facts are in docs/protocols/worldline-acquiring.md. Knows nothing of a server around it.
 */
@NullMarked
package dev.bezant.worldline.acquiring;

import org.jspecify.annotations.NullMarked;
