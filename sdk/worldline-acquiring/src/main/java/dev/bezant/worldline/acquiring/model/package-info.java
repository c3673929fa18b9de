/**
 * The objects of Worldline Acquiring's API. Most classes here are generated from {@code src/main/models/worldline-acquiring.json}; written by hand
 * are the types of single values ({@link dev.bezant.worldline.acquiring.model.Money}, {@link dev.bezant.worldline.acquiring.model.ExpiryDate}),
 * makers of objects that come in several kinds ({@link dev.bezant.worldline.acquiring.model.Merchants}, {@link
 * dev.bezant.worldline.acquiring.model.PinEncryption}), and what is read off several objects at once ({@link
 * dev.bezant.worldline.acquiring.model.OperationResult} and its like). Knows nothing of sending.
 */
@NullMarked
package dev.bezant.worldline.acquiring.model;

import org.jspecify.annotations.NullMarked;
