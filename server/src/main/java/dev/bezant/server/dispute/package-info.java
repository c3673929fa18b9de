/**
 * Disputes: what card holders demand back through their banks. Found by asking providers, recorded once each, answered with evidence, ended
 * by the banks' word, an operator's or the merchant's. Entry point: {@link dev.bezant.server.dispute.DisputeFeature}. Knows charges and
 * files; nothing of how one provider tells its chargebacks.
 */
@NullMarked
package dev.bezant.server.dispute;

import org.jspecify.annotations.NullMarked;
