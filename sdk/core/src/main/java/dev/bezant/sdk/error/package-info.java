/**
 * The one exception tree of all SDKs, rooted in {@link dev.bezant.sdk.error.SdkException}. Each branch tells the caller to do something
 * different; {@link dev.bezant.sdk.error.SdkException#mayHaveTakenEffect()} answers the question that matters most about money. A decline is
 * an outcome, not an exception, unless the provider itself answers with an error: then its SDK adds an exception that carries what was declined.
 */
@NullMarked
package dev.bezant.sdk.error;

import org.jspecify.annotations.NullMarked;
