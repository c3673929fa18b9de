/**
 * Worldline Acquiring as a connector: what of our objects becomes what of theirs, and back. Entry point: {@link dev.bezant.server.connector.worldlineacquiring.WorldlineAcquiringConnector}. The mapping is written down in docs/protocols/worldline-acquiring-mapping.md.
 */
@NullMarked
package dev.bezant.server.connector.worldlineacquiring;

import org.jspecify.annotations.NullMarked;
