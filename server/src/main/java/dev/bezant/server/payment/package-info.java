/**
 * Payment intents and their charges: the one path of a payment, its guarded transitions, captures, cancellations and 3-D Secure. Entry points: {@link dev.bezant.server.payment.PaymentRoutes} and {@link dev.bezant.server.payment.Payments}.
 */
@NullMarked
package dev.bezant.server.payment;

import org.jspecify.annotations.NullMarked;
