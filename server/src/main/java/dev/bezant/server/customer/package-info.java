/**
 * Customers: whom payments, payment methods and invoices belong to. Entry points: {@link dev.bezant.server.customer.Customers} for
 * other features, {@link dev.bezant.server.customer.CustomerRoutes} for the API. Knows payment methods, nothing of payments.
 */
@NullMarked
package dev.bezant.server.customer;

import org.jspecify.annotations.NullMarked;
