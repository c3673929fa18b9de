/**
 * What providers tell by themselves: checked, stored without what must not be stored, acknowledged, and only then acted upon, by asking the provider. Entry point: {@link dev.bezant.server.webhook.inbound.Inbound}. It knows no provider; what a notice looks like is its connector's business.
 */
@NullMarked
package dev.bezant.server.webhook.inbound;

import org.jspecify.annotations.NullMarked;
