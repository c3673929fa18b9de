package dev.bezant.sdk;

import java.time.Duration;

/**
 * What a call's answer said besides its body, for {@link CallContext.Builder#onResponse}.
 *
 * @param requestId the id that the log messages of this call carry
 * @param attempt 1 for the first; more when the call was safe to repeat and was repeated
 * @param headers as received; idempotence time stamps of some providers are here
 */
public record ResponseInfo(String requestId, int attempt, int status, Headers headers, Duration elapsed) {}
