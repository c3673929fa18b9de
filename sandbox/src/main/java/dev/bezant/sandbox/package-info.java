/**
 * Payment providers simulated over real HTTP, for the platform's own tests and for those of merchants. A process of its own that shares
 * no code with the SDKs: two independent readings of each protocol find what one would not. {@link dev.bezant.sandbox.Main} is the
 * command, {@link dev.bezant.sandbox.Sandbox} puts everything together; a new provider is a package of its own and one line there.
 */
@NullMarked
package dev.bezant.sandbox;

import org.jspecify.annotations.NullMarked;
