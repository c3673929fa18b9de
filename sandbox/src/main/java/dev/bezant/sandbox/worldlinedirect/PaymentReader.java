package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import dev.bezant.sandbox.worldlinedirect.Payment.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads CreatePaymentRequest and what is like it: one of four kinds of method, and for cards five ways to name one (section 2.4). */
final class PaymentReader {
    private static final Set<String> MODES = Set.of("FINAL_AUTHORIZATION", "PRE_AUTHORIZATION", "SALE");
    private static final Set<String> CHANNELS = Set.of("ECOMMERCE", "MOTO");
    private static final int AUTO_CAPTURE_MINUTES_MAX = 43_200;

    private final Store store;
    private final CardReader cards;
    private final BrowserInput browserInput;
    private final SandboxClock clock;

    PaymentReader(Store store, CardReader cards, BrowserInput browserInput, SandboxClock clock) {
        this.store = store;
        this.cards = cards;
        this.browserInput = browserInput;
        this.clock = clock;
    }

    /** Parts of a request that every kind of method has. */
    private record Frame(Money money, References references, List<String> webhookUrls) {}

    /**
     * @throws ProblemException 400 with everything that is wrong
     */
    PaymentRequest read(JsonNode json, Account account) {
        var body = Input.of(json);
        var order = body.required("order");
        var frame = new Frame(Money.read(order, "amountOfMoney", 0), References.read(order, "references"), webhookUrls(body));
        var method = methodOf(body);
        var request = switch (method) {
            case CARD -> card(body, frame, account);
            case REDIRECT -> redirect(body.object(method.inputName()), frame);
            case MOBILE -> mobile(body.object(method.inputName()), frame);
            case DIRECT_DEBIT -> directDebit(body.object(method.inputName()), frame, account);
        };
        if (request != null && request.money().amount() == 0 && request.card() == null && !request.money().currency().equals("XXX")) {
            order.refuse("amountOfMoney.amount", "must be at least 1");
        }
        body.refuseIfWrong();
        if (request == null) {
            throw new IllegalStateException("nothing was wrong, yet nothing was read");
        }
        return request;
    }

    private static Method methodOf(Input body) {
        for (var method : List.of(Method.REDIRECT, Method.MOBILE, Method.DIRECT_DEBIT)) {
            if (body.has(method.inputName())) {
                return method;
            }
        }
        return Method.CARD;
    }

    static List<String> webhookUrls(Input body) {
        var feedbacks = body.object("feedbacks");
        var urls = new ArrayList<>(feedbacks.texts("webhooksUrls"));
        var one = feedbacks.text("webhookUrl");
        if (one != null && urls.isEmpty()) {
            urls.add(one);
        }
        if (!urls.stream().allMatch(Credentials::isWebUrl)) {
            feedbacks.refuse("webhooksUrls", "must be http or https URLs");
        }
        return urls;
    }

    private @Nullable PaymentRequest card(Input body, Frame frame, Account account) {
        var name = Method.CARD.inputName();
        var input = body.object(name);
        if (!body.has(name) && !body.has("hostedTokenizationId") && !body.has("hostedFieldsSessionId") && !body.has("encryptedCustomerInput")) {
            body.missing(name);
            return null;
        }
        var product = input.integer("paymentProductId");
        var mode = mode(input);
        var channel = input.choice("transactionChannel", CHANNELS);
        boolean payerAbsent = "MOTO".equals(channel) || isMerchantInitiated(input);
        var threeDs = payerAbsent ? ThreeDsRequest.NONE : ThreeDsRequest.read(input, Settings.threeDsByDefault(account));
        var path = "threeDSecure.redirectionData.returnUrl";
        var returnUrl = returnUrl(input.object("threeDSecure").object("redirectionData"));
        if (returnUrl == null) {
            returnUrl = returnUrl(input);
        }
        if (product != null && product == Product.BANCONTACT && !namesACard(body, input)) {
            return new PaymentRequest(frame.money(), frame.references(), Method.CARD, product, Mode.SALE, null, false, null, ThreeDsRequest.NONE,
                    returnUrl, input.pathOf(path), false, false, false, frame.webhookUrls(), null, null);
        }
        var token = token(body, input, account);
        var card = token != null ? ofToken(token, input) : typed(body, input, product, account);
        if (card == null) {
            return null;
        }
        boolean withCvv = input.object("card").has("cvv") || body.has("encryptedCustomerInput") || body.has("hostedTokenizationId");
        return new PaymentRequest(frame.money(), frame.references(), Method.CARD, product == null ? card.productId() : product, mode, card,
                withCvv, token, threeDs, returnUrl, input.pathOf(path), payerAbsent, input.flag("tokenize", false), false,
                frame.webhookUrls(), autoCapture(input), null);
    }

    private static boolean namesACard(Input body, Input input) {
        return input.has("card") || input.has("token") || input.has("networkTokenData") || body.has("hostedTokenizationId")
                || body.has("hostedFieldsSessionId") || body.has("encryptedCustomerInput");
    }

    static Mode mode(Input input) {
        var mode = input.choice("authorizationMode", MODES);
        return mode == null ? Mode.FINAL_AUTHORIZATION : Mode.valueOf(mode);
    }

    /** The merchant charges a card on file without the payer. */
    private static boolean isMerchantInitiated(Input input) {
        boolean recurring = input.flag("isRecurring", false);
        var requestor = input.choice("unscheduledCardOnFileRequestor", Set.of("merchantInitiated", "cardholderInitiated"));
        var sequence = input.choice("unscheduledCardOnFileSequenceIndicator", Set.of("first", "subsequent"));
        if (recurring && (requestor != null || sequence != null)) {
            input.refuse("unscheduledCardOnFileRequestor", "must not come with isRecurring");
        }
        var place = input.object("recurring").choice("recurringPaymentSequenceIndicator", Set.of("first", "recurring"));
        return (recurring && "recurring".equals(place)) || ("merchantInitiated".equals(requestor) && "subsequent".equals(sequence));
    }

    private static @Nullable Integer autoCapture(Input input) {
        if (!input.has("autoCapture")) {
            return null;
        }
        var capture = input.object("autoCapture");
        var minutes = capture.integer("delayInMinutes");
        if (minutes != null && (minutes < 0 || minutes > AUTO_CAPTURE_MINUTES_MAX)) {
            capture.refuse("delayInMinutes", "must be between 0 and " + AUTO_CAPTURE_MINUTES_MAX);
        }
        return minutes;
    }

    private @Nullable Token token(Input body, Input input, Account account) {
        var merchant = account.require("merchant_id");
        if (input.has("token")) {
            return usable(input.text("token"), input, "token", merchant);
        }
        if (body.has("hostedTokenizationId")) {
            var id = body.text("hostedTokenizationId");
            var session = id == null ? null : store.tokenizations().get(id);
            return usable(session == null || !session.merchantId().equals(merchant) ? null : session.tokenId(), body, "hostedTokenizationId",
                    merchant);
        }
        if (body.has("hostedFieldsSessionId")) {
            var id = body.text("hostedFieldsSessionId");
            var session = id == null ? null : store.fieldsSessions().get(id);
            return usable(session == null || !session.merchantId().equals(merchant) ? null : session.tokenId(), body, "hostedFieldsSessionId",
                    merchant);
        }
        return null;
    }

    private @Nullable Token usable(@Nullable String id, Input input, String name, String merchant) {
        var token = id == null ? null : store.tokens().get(id);
        if (token == null || !token.merchantId().equals(merchant) || !token.isUsable(clock.instant())) {
            input.refuse(new ApiError(400, "UNKNOWN_TOKEN_ID", "50001111", "1008", "There is no usable token under this " + name,
                    ApiError.Category.DIRECT_PLATFORM_ERROR, input.pathOf(name)));
            return null;
        }
        return token;
    }

    /** A code, or a new expiry date, may come with a token. */
    private static CardFacts ofToken(Token token, Input input) {
        var card = input.object("card");
        var cvv = card.text("cvv");
        if (cvv != null && !cvv.matches("\\d{3,4}")) {
            card.refuse("cvv", "must be 3 or 4 digits");
        }
        var expiry = card.text("expiryDate");
        if (expiry == null) {
            return token.card();
        }
        if (CardFacts.expiryMonth(expiry) == null) {
            card.refuse("expiryDate", "must be MMYY");
            return token.card();
        }
        return token.card().expiringAt(expiry);
    }

    private @Nullable CardFacts typed(Input body, Input input, @Nullable Integer product, Account account) {
        if (input.has("token") || body.has("hostedTokenizationId") || body.has("hostedFieldsSessionId")) {
            return null;
        }
        if (body.has("encryptedCustomerInput")) {
            return browserInput.card(body, "encryptedCustomerInput", account);
        }
        if (input.has("networkTokenData")) {
            var data = input.object("networkTokenData");
            var asCard = Json.object();
            asCard.set("cardNumber", data.raw("networkToken"));
            asCard.set("expiryDate", data.raw("tokenExpiryDate"));
            asCard.set("cardholderName", data.raw("cardholderName"));
            return cards.readWithoutCvv(input.standIn("networkTokenData", asCard), product);
        }
        return cards.read(input.required("card"), product);
    }

    private @Nullable PaymentRequest redirect(Input input, Frame frame) {
        var id = input.integer("paymentProductId");
        var product = id == null ? null : Product.of(id);
        if (product == null || !product.redirects()) {
            if (id == null && !input.has("paymentProductId")) {
                input.missing("paymentProductId");
            } else {
                input.refuse("paymentProductId", "is no product that redirects");
            }
            return null;
        }
        if (!product.isOfferedIn(frame.money().currency())) {
            input.refuse(new ApiError(400, "PAYMENT_PRODUCT_NOT_AVAILABLE", "50001111", "1008", product.label() + " is not available in "
                    + frame.money().currency(), ApiError.Category.DIRECT_PLATFORM_ERROR, input.pathOf("paymentProductId")));
        }
        var redirection = input.object("redirectionData");
        var returnUrl = returnUrl(redirection);
        if (returnUrl == null && !redirection.has("returnUrl")) {
            redirection.missing("returnUrl");
        }
        boolean later = input.flag("requiresApproval", false) && product.authorizes();
        boolean completion = product.id() == Product.POSTFINANCE && input.object("paymentProduct3203SpecificInput").text("checkoutType") != null;
        return new PaymentRequest(frame.money(), frame.references(), Method.REDIRECT, product.id(),
                later ? Mode.FINAL_AUTHORIZATION : Mode.SALE, null, false, null, ThreeDsRequest.NONE, returnUrl, "", false, false, completion,
                frame.webhookUrls(), null, null);
    }

    /** A wallet has authenticated its owner. What it encrypted for the service cannot be read here, and counts as a good card. */
    private @Nullable PaymentRequest mobile(Input input, Frame frame) {
        var id = input.integer("paymentProductId");
        if (id == null || (id != Product.APPLE_PAY && id != Product.GOOGLE_PAY)) {
            input.refuse("paymentProductId", "must be 302 or 320");
            return null;
        }
        var asCard = Json.object();
        if (input.has("decryptedPaymentData")) {
            var data = input.object("decryptedPaymentData");
            asCard.set("cardNumber", data.raw("dpan"));
            asCard.set("expiryDate", data.raw("expiryDate"));
            asCard.set("cardholderName", data.raw("cardholderName"));
        } else {
            input.requiredText("encryptedPaymentData");
            asCard.put("cardNumber", "4111111111111111").put("expiryDate", "1249");
        }
        var card = cards.readWithoutCvv(input.standIn("decryptedPaymentData", asCard), id);
        if (card == null) {
            return null;
        }
        return new PaymentRequest(frame.money(), frame.references(), Method.MOBILE, id, mode(input), card, false, null, ThreeDsRequest.NONE, null,
                "", true, false, false, frame.webhookUrls(), null, null);
    }

    private @Nullable PaymentRequest directDebit(Input input, Frame frame, Account account) {
        var id = input.integer("paymentProductId");
        if (id == null || id != Product.SEPA) {
            input.refuse("paymentProductId", "must be 771");
            return null;
        }
        if (!frame.money().currency().equals("EUR")) {
            input.refuse("paymentProductId", "is for EUR only");
        }
        var specific = input.required("paymentProduct771SpecificInput");
        var reference = specific.text("existingUniqueMandateReference");
        if (reference != null) {
            var mandate = store.mandates().get(Mandate.key(account.require("merchant_id"), reference));
            if (mandate == null || mandate.status() != Mandate.Status.ACTIVE || !mandate.signed()) {
                specific.refuse("existingUniqueMandateReference", "is no active mandate");
            }
        } else if (!specific.has("mandate")) {
            specific.missing("existingUniqueMandateReference");
        }
        return new PaymentRequest(frame.money(), frame.references(), Method.DIRECT_DEBIT, id, Mode.SALE, null, false, null, ThreeDsRequest.NONE,
                null, "", true, false, false, frame.webhookUrls(), null, reference);
    }

    /** An absolute address, which may have an app's own scheme; null after noting that it is none. */
    static @Nullable String returnUrl(Input input) {
        var url = input.text("returnUrl");
        if (url != null && !url.matches("[A-Za-z][A-Za-z0-9+.-]*:(//)?[^\\s]+")) {
            input.refuse("returnUrl", "must be an absolute URL");
            return null;
        }
        return url;
    }
}
