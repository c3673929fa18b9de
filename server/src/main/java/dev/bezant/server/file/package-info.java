/**
 * Files that merchants upload, such as evidence about disputes: kept in the database, checked by content, handed out again. Entry points:
 * {@link dev.bezant.server.file.Files} for other features, {@link dev.bezant.server.file.FileRoutes} for the API. Knows no other feature.
 */
@NullMarked
package dev.bezant.server.file;

import org.jspecify.annotations.NullMarked;
