/**
 * The request log: every answered request of an account, for the account's own programmers, without card numbers and secrets.
 * Written beside the requests, never on their path: what cannot be written in time is dropped and counted. Also tells what an
 * idempotency key was used for. Entry point: {@link dev.bezant.server.requestlog.RequestLogFeature}. Must not know any resource: what a
 * request was about is read off its path, its parameters and its answer.
 */
@NullMarked
package dev.bezant.server.requestlog;

import org.jspecify.annotations.NullMarked;
