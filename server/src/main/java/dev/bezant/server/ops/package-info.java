/**
 * The command line and what running a server takes: settings, data directory, the processes beside it, logs, health of the data.
 * Entry point: {@link dev.bezant.server.ops.CommandLineTree}. Features are reached through {@link dev.bezant.server.ops.Composition} alone.
 */
@NullMarked
package dev.bezant.server.ops;

import org.jspecify.annotations.NullMarked;
