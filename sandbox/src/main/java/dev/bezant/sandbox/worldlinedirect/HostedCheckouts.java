package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import dev.bezant.sandbox.worldlinedirect.HostedCheckout.Status;
import dev.bezant.sandbox.worldlinedirect.Payment.Stage;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes hosted checkouts and tells how they stand; their pages are {@link CheckoutPages}. */
final class HostedCheckouts {
    private static final int TIMEOUT_MINUTES = 180;
    private static final int TIMEOUT_MINUTES_MAX = 24 * 60;
    private static final int ATTEMPTS = 10;
    private static final Set<String> TOKENIZATION_MODES = Set.of("createWithConsent", "createAlways", "useExplicitly", "noTokenization");

    private final Store store;
    private final Tokens tokens;
    private final SandboxClock clock;
    private final Wire wire;

    HostedCheckouts(Store store, Tokens tokens, SandboxClock clock, Wire wire) {
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
        this.wire = wire;
    }

    Answer create(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var order = body.required("order");
        Money.read(order, "amountOfMoney", 0);
        var references = References.read(order, "references");
        check(body);
        body.refuseIfWrong();
        var checkout = open(account, json, null);
        work.save(checkout);
        var path = CheckoutPages.PATH + checkout.page();
        var answer = Json.object().put("hostedCheckoutId", checkout.id()).put("RETURNMAC", checkout.returnMac())
                .put("redirectUrl", wire.url(path)).put("partialRedirectUrl", wire.partialUrl(path));
        Wire.put(answer, "merchantReference", references.merchantReference());
        var merchant = account.require("merchant_id");
        Sessions.putInvalid(answer, tokens.invalid(merchant, Sessions.separated(specific(json).path("tokens").asString(""))));
        return Answer.ok(answer);
    }

    /** What is wrong with the parts that payment links have too. */
    static void check(Input body) {
        PaymentReader.webhookUrls(body);
        var specific = body.object("hostedCheckoutSpecificInput");
        var locale = specific.text("locale");
        if (locale != null && !Locales.isLocale(locale)) {
            specific.refuse("locale", "is no locale such as en_GB");
        }
        PaymentReader.returnUrl(specific);
        within(specific, "allowedNumberOfPaymentAttempts", ATTEMPTS);
        within(specific, "sessionTimeout", TIMEOUT_MINUTES_MAX);
        specific.flag("showResultPage", true);
        specific.text("tokens");
        specific.object("cardPaymentMethodSpecificInput").choice("tokenizationMode", TOKENIZATION_MODES);
        var card = body.object("cardPaymentMethodSpecificInput");
        PaymentReader.mode(card);
        ThreeDsRequest.read(card, true);
    }

    private static void within(Input input, String name, int most) {
        var number = input.integer(name);
        if (number != null && (number < 1 || number > most)) {
            input.refuse(name, "must be between 1 and " + most);
        }
    }

    /**
     * @param request a body that was checked
     */
    HostedCheckout open(Account account, JsonNode request, @Nullable String linkId) {
        var now = clock.instant();
        var minutes = specific(request).path("sessionTimeout").asInt(TIMEOUT_MINUTES);
        return new HostedCheckout(store.newBase(), account.require("merchant_id"), account.name(), Store.secret(),
                UUID.randomUUID().toString(), request, now, now.plus(Duration.ofMinutes(minutes)), 0, Status.IN_PROGRESS, linkId);
    }

    static JsonNode specific(JsonNode request) {
        return request.path("hostedCheckoutSpecificInput");
    }

    static int attemptsMax(HostedCheckout checkout) {
        return specific(checkout.request()).path("allowedNumberOfPaymentAttempts").asInt(ATTEMPTS);
    }

    Answer get(Account account, String id) {
        var checkout = store.checkouts().get(Ids.base(id));
        if (checkout == null || !checkout.merchantId().equals(account.require("merchant_id"))) {
            throw ProblemException.unknown("UNKNOWN_HOSTED_CHECKOUT_ID", "hostedCheckoutId");
        }
        var answer = Json.object().put("status", checkout.status().name());
        answer.set("createdPaymentOutput", output(store.payments().get(checkout.id())));
        return Answer.ok(answer);
    }

    private ObjectNode output(@Nullable Payment payment) {
        var output = Json.object();
        if (payment == null) {
            return output.put("paymentStatusCategory", "STATUS_UNKNOWN");
        }
        output.set("payment", wire.payment(payment));
        return output.put("paymentStatusCategory", category(payment.state().stage()));
    }

    private static String category(Stage stage) {
        return switch (stage) {
            case APPROVED, VERIFIED -> "SUCCESSFUL";
            case REJECTED, CANCELLED -> "REJECTED";
            case REDIRECTED, WAITING, UNCERTAIN, COMPLETION -> "STATUS_UNKNOWN";
        };
    }

    /** Ends the sessions whose time is up; a payment under way at the bank has its own. */
    void expireDue(Work work) {
        for (var checkout : store.checkouts().watched()) {
            if (!clock.instant().isBefore(checkout.ends())) {
                work.save(checkout.as(Status.CANCELLED_BY_CONSUMER));
            }
        }
    }
}
