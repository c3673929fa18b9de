/**
 * The port to payment providers: what every provider can be asked, and what only some can. One sub-package per provider implements it; none knows another.
 */
@NullMarked
package dev.bezant.server.connector;

import org.jspecify.annotations.NullMarked;
