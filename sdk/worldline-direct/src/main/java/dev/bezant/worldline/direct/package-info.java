/**
 * Worldline Direct for Java programs. Entry point: {@link dev.bezant.worldline.direct.DirectClient}; its calls hang off {@link
 * dev.bezant.worldline.direct.MerchantClient}, what they take and give is in {@code dev.bezant.worldline.direct.model}. Webhooks are read in
 * {@code webhook}, pages are embedded and returns from them checked in {@code page}; both work without a client. Knows nothing of any server.
 */
@NullMarked
package dev.bezant.worldline.direct;

import org.jspecify.annotations.NullMarked;
