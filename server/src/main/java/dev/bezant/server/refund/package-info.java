/**
 * Refunds: reserved on the charge before they are sent, so that their sum never exceeds what was captured. Entry point: {@link dev.bezant.server.refund.RefundRoutes}.
 */
@NullMarked
package dev.bezant.server.refund;

import org.jspecify.annotations.NullMarked;
