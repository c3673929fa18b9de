/**
 * Worldline Direct as a connector: what of our objects becomes what of theirs, and back. Entry point: {@link dev.bezant.server.connector.worldlinedirect.WorldlineDirectConnector}. The mapping is written down in docs/protocols/worldline-direct-mapping.md.
 */
@NullMarked
package dev.bezant.server.connector.worldlinedirect;

import org.jspecify.annotations.NullMarked;
