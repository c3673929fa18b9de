/**
 * Requests that no careful client makes: valid ones of every endpoint, spoilt. Entry point: {@link dev.bezant.server.fuzz.FuzzTest}. What is
 * valid is read off the API's description, so that an endpoint that is described is sent to.
 */
@NullMarked
package dev.bezant.server.fuzz;

import org.jspecify.annotations.NullMarked;
