/**
 * The outbox: every state change writes exactly one event in its own commit. Entry point: {@link dev.bezant.server.event.Events}.
 */
@NullMarked
package dev.bezant.server.event;

import org.jspecify.annotations.NullMarked;
