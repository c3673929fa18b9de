/**
 * What happened to operations whose outcome nobody stored: found by looking at the tables, asked at the provider, stored through the same guarded transitions. What cannot be proved stays open and becomes an operator's task. Entry points: {@link dev.bezant.server.settle.Settler} and {@link dev.bezant.server.settle.Pacing}.
 */
@NullMarked
package dev.bezant.server.settle;

import org.jspecify.annotations.NullMarked;
