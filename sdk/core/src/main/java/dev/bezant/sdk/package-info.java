/**
 * What every SDK of this family shares and every caller meets: {@link dev.bezant.sdk.CallContext}, {@link dev.bezant.sdk.Deadline},
 * {@link dev.bezant.sdk.SecretText}, {@link dev.bezant.sdk.Headers}, {@link dev.bezant.sdk.FormPost}. Plain values; this package knows no
 * other package of the SDK and no provider.
 */
@NullMarked
package dev.bezant.sdk;

import org.jspecify.annotations.NullMarked;
