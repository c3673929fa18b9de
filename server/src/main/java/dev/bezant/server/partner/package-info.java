/**
 * The Corefy integration API, {@code /api/integrations/corefy/}: other names, another envelope and pairs of keys for what the rest of the API
 * does. A translation and nothing else: every request becomes one or two of our own API, done by the same handlers, under the same idempotency
 * keys, on the same objects. Its own are two things: which references partners have used, and where callbacks of Corefy come in. Entry point:
 * {@link dev.bezant.server.partner.PartnerFeature}. Knows no connector, and no table of another feature but {@code charge}, in which it looks
 * up whom a callback is for.
 */
@NullMarked
package dev.bezant.server.partner;

import org.jspecify.annotations.NullMarked;
