package dev.bezant.server.payment;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.payment.AttemptStore.Begun;
import org.jspecify.annotations.Nullable;

/**
 * Makes, of what is stored of an attempt, what its provider is told. The same twice, so that a provider that knows a repeated request
 * by its key finds the same in it.
 */
final class Instructions {
    private final CardVault vault;
    private final ActionPages pages;

    Instructions(CardVault vault, ActionPages pages) {
        this.vault = vault;
        this.pages = pages;
    }

    /** @param cvcAtHand a CVC that is stored nowhere: it came with the confirming request */
    Connector.Payment of(Intent intent, Charge charge, Begun begun, @Nullable Secret cvcAtHand) {
        String suffix = intent.detail("statement_descriptor_suffix");
        return new Connector.Payment(
                charge.reference(),
                charge.amount(),
                intent.capturesAtOnce(),
                switch (begun.instrument()) {
                    case AttemptStore.SealedCard card -> opened(charge, card, begun.snapshot().path("card").path("brand").asString("unknown"), cvcAtHand);
                    case AttemptStore.Redirect(var method) -> new Connector.Redirect(method);
                },
                begun.instrument() instanceof AttemptStore.SealedCard card ? card.storedCredential() : null,
                intent.detail("setup_future_usage") != null || intent.purpose() == Purpose.SETUP,
                wantsChallenge(intent),
                Payers.of(begun.snapshot().path("billing_details")),
                intent.detail("description"),
                suffix != null ? suffix : intent.detail("statement_descriptor"),
                Browsers.of(intent),
                pages.returnUrl(charge),
                pages.noticeUrl(charge),
                intent.detailFlag("off_session"));
    }

    private Connector.Card opened(Charge charge, AttemptStore.SealedCard card, String brand, @Nullable Secret cvcAtHand) {
        Secret number = vault.open(charge.accountId(), charge.livemode(), card.id(), card.pan());
        Secret cvc = card.cvc() == null || card.cvcKeyId() == null
                ? cvcAtHand
                : vault.openCvc(charge.accountId(), card.id(), card.cvc(), card.cvcKeyId()).orElse(null);
        return new Connector.Card(number, brand, card.expMonth(), card.expYear(), cvc);
    }

    private static boolean wantsChallenge(Intent intent) {
        String asked = intent.details().path("payment_method_options").path("card").path("request_three_d_secure").asString("automatic");
        return asked.equals("challenge") || asked.equals("any");
    }
}
