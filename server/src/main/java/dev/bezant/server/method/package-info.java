/**
 * Payment methods: what a payer pays with. Entry points: {@link dev.bezant.server.method.PaymentMethods} for other features,
 * {@link dev.bezant.server.method.PaymentMethodRoutes} for the API. Card numbers pass through on their way to the vault and are
 * kept nowhere here; customers are known by id and through {@link dev.bezant.server.method.CustomerDoor} alone.
 */
@NullMarked
package dev.bezant.server.method;

import org.jspecify.annotations.NullMarked;
