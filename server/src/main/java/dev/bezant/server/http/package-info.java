/**
 * The API's front door: decoding, keys, permissions, idempotency, rate limits, errors, paging, expansion. Features hand in {@link dev.bezant.server.http.Route}s and never see the server library.
 */
@NullMarked
package dev.bezant.server.http;

import org.jspecify.annotations.NullMarked;
