/**
 * The one exception tree of all SDKs, rooted in {@link dev.bezant.sdk.error.SdkException}. Each branch tells the caller to do something
 * different; {@link dev.bezant.sdk.error.SdkException#mayHaveTakenEffect()} answers the question that matters most about money. A decline is
 * not an exception: clients return it as an outcome.
 */
@NullMarked
package dev.bezant.sdk.error;

import org.jspecify.annotations.NullMarked;
