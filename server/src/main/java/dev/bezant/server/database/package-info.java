/**
 * The pool, transactions, SQL with named parameters, migrations, and the embedded PostgreSQL. Entry point: {@link dev.bezant.server.database.Database}.
 */
@NullMarked
package dev.bezant.server.database;

import org.jspecify.annotations.NullMarked;
