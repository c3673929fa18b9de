/**
 * The API's document, example by example: each file beside {@link dev.bezant.server.golden.GoldenTest} is a request and what is answered,
 * and is played against a server. {@code README.md} there tells how the files are written.
 */
@NullMarked
package dev.bezant.server.golden;

import org.jspecify.annotations.NullMarked;
