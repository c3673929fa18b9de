package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that a payer's browser visits. The real service has it on hosts of their own; here it shares the API's port. */
final class Pages {
    private final CheckoutPages checkoutPages;
    private final BankPages bankPages;
    private final LinkPages linkPages;
    private final MandatePages mandatePages;
    private final TokenizationPages tokenizationPages;
    private final FieldsPages fieldsPages;

    Pages(Store store, Events events, Accounts accounts, SandboxClock clock, Payments payments, PaymentReader reader, Tokens tokens,
            CardReader cards, HostedCheckouts checkouts, Wire wire) {
        this.checkoutPages = new CheckoutPages(store, events, accounts, clock, payments, reader, tokens, wire);
        this.bankPages = new BankPages(store, events, payments);
        this.linkPages = new LinkPages(store, accounts, clock, checkouts, wire);
        this.mandatePages = new MandatePages(store);
        this.tokenizationPages = new TokenizationPages(store, tokens, cards);
        this.fieldsPages = new FieldsPages(store, tokens, cards);
    }

    HttpResponse answer(@Nullable Operation operation, HttpRequest request) {
        if (operation == null) {
            return new HttpResponse(404, Map.of(), new byte[0]);
        }
        return switch (operation.id()) {
            case "showHostedCheckout" -> checkoutPages.show(request);
            case "payHostedCheckout" -> checkoutPages.pay(request);
            case "returnToHostedCheckout" -> checkoutPages.returned(request);
            case "showBankPage" -> bankPages.show(request);
            case "decideAtBank" -> bankPages.decide(request);
            case "openPaymentLink" -> linkPages.open(request);
            case "showMandate" -> mandatePages.show(request);
            case "signMandate" -> mandatePages.sign(request);
            case "loadTokenizer" -> Scripts.answer(Scripts.TOKENIZER);
            case "showHostedTokenization" -> tokenizationPages.show(request);
            case "submitHostedTokenization" -> tokenizationPages.submit(request);
            case "loadHostedFields" -> Scripts.answer(Scripts.HOSTED_FIELDS);
            case "submitHostedFields" -> fieldsPages.submit(request);
            case "loadLogo" -> Logos.answer(Api.segment(request, 3));
            default -> throw new IllegalStateException("no page for " + operation.id());
        };
    }
}
