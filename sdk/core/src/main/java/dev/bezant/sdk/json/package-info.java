/**
 * JSON in and out: {@link dev.bezant.sdk.json.Marshaller} with its Jackson implementation, which also reads and writes models, and {@link
 * dev.bezant.sdk.json.JsonFields}, a lenient reader for what providers send (unknown members ignored, numbers and texts interchangeable, absence
 * never guessed).
 */
@NullMarked
package dev.bezant.sdk.json;

import org.jspecify.annotations.NullMarked;
