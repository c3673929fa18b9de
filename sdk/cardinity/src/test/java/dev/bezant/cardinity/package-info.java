/** Tests of the Cardinity client: published vectors, and real HTTP against a server that can misbehave. */
@NullMarked
package dev.bezant.cardinity;

import org.jspecify.annotations.NullMarked;
