/**
 * Small shapes that several resources share: addresses, shipping, billing details, e-mail addresses, countries, and what changed
 * between two renderings. Each reads itself from a request, merging into what is stored, and renders itself with every member
 * present. Knows {@code http} and {@code kernel}, no resource.
 */
@NullMarked
package dev.bezant.server.shape;

import org.jspecify.annotations.NullMarked;
