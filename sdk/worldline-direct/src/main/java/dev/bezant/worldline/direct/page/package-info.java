/**
 * Around the platform's pages: embeds the tokenization form ({@link dev.bezant.worldline.direct.page.HostedTokenizationPage}) and checks what the
 * payer's browser brings back ({@link dev.bezant.worldline.direct.page.BrowserReturn}). Sends nothing and needs no client.
 */
@NullMarked
package dev.bezant.worldline.direct.page;

import org.jspecify.annotations.NullMarked;
