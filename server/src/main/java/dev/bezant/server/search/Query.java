package dev.bezant.server.search;

import java.util.List;

/**
 * A query that has been read: comparisons joined by AND, or all by OR, never by both.
 *
 * @param any whether one of them is enough
 * @see "docs/protocols/payments-api.md, section 2.5"
 */
record Query(List<Clause> clauses, boolean any) {}
