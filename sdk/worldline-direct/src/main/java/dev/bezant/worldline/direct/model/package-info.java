/**
 * The objects of Worldline Direct's API. Most classes here are generated from {@code src/main/models/worldline-direct.json}; written by hand are
 * the types of single values ({@link dev.bezant.worldline.direct.model.Money}, {@link dev.bezant.worldline.direct.model.ExpiryDate}, {@link
 * dev.bezant.worldline.direct.model.LocaleCode}) and what is read off several objects at once ({@link
 * dev.bezant.worldline.direct.model.PaymentView} and its like). Knows nothing of sending.
 */
@NullMarked
package dev.bezant.worldline.direct.model;

import org.jspecify.annotations.NullMarked;
