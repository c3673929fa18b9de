/**
 * The search language: a query as text, checked against the fields that a resource offers, becomes a condition of SQL in which everything
 * that was typed is a bound value. Entry point: {@link dev.bezant.server.search.Searches}. Knows no resource; each says itself what can be
 * searched.
 */
@NullMarked
package dev.bezant.server.search;

import org.jspecify.annotations.NullMarked;
