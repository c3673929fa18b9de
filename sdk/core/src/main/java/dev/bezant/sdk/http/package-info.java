/**
 * From a call to bytes and back: {@link dev.bezant.sdk.http.Communicator} marshals, signs, sends through a
 * {@link dev.bezant.sdk.http.Connection}, repeats what is safe to repeat, logs and classifies. What differs between providers is plugged in:
 * {@link dev.bezant.sdk.http.Authenticator}, {@link dev.bezant.sdk.http.MetadataProvider}, {@link dev.bezant.sdk.json.Marshaller}.
 */
@NullMarked
package dev.bezant.sdk.http;

import org.jspecify.annotations.NullMarked;
