/**
 * Logging of what goes over the wire, always obfuscated before a logger sees it. JSON is masked token by token with a real parser, never by
 * searching text; what cannot be parsed is not printed at all. Entry points: {@link dev.bezant.sdk.logging.CommunicatorLogger} and
 * {@link dev.bezant.sdk.logging.Obfuscator}.
 */
@NullMarked
package dev.bezant.sdk.logging;

import org.jspecify.annotations.NullMarked;
