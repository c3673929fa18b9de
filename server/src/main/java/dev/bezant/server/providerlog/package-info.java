/**
 * What was said to providers and what they said: every call with its answer, and every notice, to be read by the account it concerns. Entry
 * point: {@link dev.bezant.server.providerlog.ProviderLogFeature}. It knows no provider, and nothing of payments depends on it.
 */
@NullMarked
package dev.bezant.server.providerlog;

import org.jspecify.annotations.NullMarked;
