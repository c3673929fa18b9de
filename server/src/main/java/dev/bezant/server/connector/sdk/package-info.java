/**
 * What connectors share of the SDKs they are made of. Entry point: {@link dev.bezant.server.connector.sdk.JournalLogger}. It knows no provider.
 */
@NullMarked
package dev.bezant.server.connector.sdk;

import org.jspecify.annotations.NullMarked;
