/**
 * Corefy as a connector: what of our objects becomes what of theirs, and back. Entry point: {@link dev.bezant.server.connector.corefy.CorefyConnector}. The mapping is written down in docs/protocols/corefy-mapping.md.
 */
@NullMarked
package dev.bezant.server.connector.corefy;

import org.jspecify.annotations.NullMarked;
