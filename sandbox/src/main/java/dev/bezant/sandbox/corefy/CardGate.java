package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.corefy.RefusedException.Complaint;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.Luhn;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes cards from server to server (section 4). A refused card is answered 201 with its status; the invoice is then over. */
final class CardGate {
    /** The tokens of Google Pay name no card that a simulator could tell from another. */
    private static final String GOOGLE_PAY_PAN = "4111111111111111";
    private static final List<String> BROWSER_TEXTS = List.of("browser_accept_header", "browser_color_depth", "browser_ip", "browser_language",
            "browser_screen_height", "browser_screen_width", "browser_tz", "browser_user_agent", "device_channel", "window_height", "window_width");

    private final Store store;
    private final SandboxClock clock;
    private final Accounts accounts;
    private final Invoices invoices;
    private final ChallengePages challenges;

    CardGate(Store store, SandboxClock clock, Accounts accounts, Invoices invoices, ChallengePages challenges) {
        this.store = store;
        this.clock = clock;
        this.accounts = accounts;
        this.invoices = invoices;
        this.challenges = challenges;
    }

    /** The account whose invoice's token the request carries, proven or not. */
    @Nullable Account accountOf(HttpRequest request) {
        var invoice = named(request);
        return invoice == null ? null : accounts.find(CorefyProvider.NAME, invoice.account()).orElse(null);
    }

    HttpResponse sale(HttpRequest request) {
        var token = token(request);
        var invoice = named(request);
        var account = invoice == null ? null : accounts.find(CorefyProvider.NAME, invoice.account()).filter(found -> !found.revoked()).orElse(null);
        if (token == null || invoice == null || account == null || !GateToken.isGenuine(token, invoice)) {
            throw new RefusedException(401, "The token is not valid");
        }
        if (GateToken.isExpired(invoice, clock.instant())) {
            throw new RefusedException(401, "The token has expired");
        }
        var card = card(Attributes.of(request, List.of("sale-operation")), account);
        return HttpResponse.json(201, Json.bytes(answer(invoices.pay(invoice.id(), card, 1, true), account)));
    }

    private @Nullable Invoice named(HttpRequest request) {
        var token = token(request);
        var gateId = token == null ? null : GateToken.gateId(token);
        return gateId == null ? null : store.invoiceOf(gateId);
    }

    private static @Nullable String token(HttpRequest request) {
        var header = request.header("authorization");
        return header != null && header.startsWith("Bearer ") ? header.substring("Bearer ".length()).strip() : null;
    }

    private static Card card(Attributes json, Account account) {
        if (json.has("google_pay")) {
            json.object("google_pay");
            json.refuseIfAny();
            return Card.of(GOOGLE_PAY_PAN, 12, 99, "CARD HOLDER");
        }
        checkBrowser(json, account);
        var cvv = json.text("cvv");
        if (cvv == null ? Credentials.is(account, "cvv_required", "true") : !cvv.matches("\\d{3,4}")) {
            json.refuse("cvv", "must be 3 or 4 digits");
        }
        return card(json, "card_number", "card_holder", "exp_month", "exp_year");
    }

    /** @throws RefusedException 422 with everything that is wrong, card data not repeated */
    static Card card(Attributes json, String number, String holder, String month, String year) {
        var pan = json.required(number);
        if (!pan.isEmpty() && (pan.length() < 12 || pan.length() > 19 || !Luhn.holds(pan))) {
            json.refuse(number, "must be a valid card number");
        }
        var name = json.required(holder);
        int expiryMonth = twoDigits(json, month, 1, 12);
        int expiryYear = twoDigits(json, year, 0, 99);
        json.refuseIfAny();
        return Card.of(pan, expiryMonth, expiryYear, name);
    }

    private static int twoDigits(Attributes json, String name, int min, int max) {
        var text = json.required(name);
        int value = text.matches("\\d\\d") ? Integer.parseInt(text) : -1;
        if (!text.isEmpty() && (value < min || value > max)) {
            json.refuse(name, "must be two digits");
        }
        return value < min || value > max ? min : value;
    }

    /** Every member is a text but for the one boolean. */
    private static void checkBrowser(Attributes json, Account account) {
        if (!json.has("browser_info")) {
            if (Credentials.is(account, "browser_info_required", "true")) {
                json.refuse("browser_info", "is required");
            }
            return;
        }
        var browser = json.object("browser_info");
        BROWSER_TEXTS.forEach(browser::refuseUnlessString);
        browser.flag("browser_java_enabled", false);
    }

    /** In the shape that the account is set to. */
    private JsonNode answer(Invoice invoice, Account account) {
        return Credentials.is(account, "gate_answer", "resource") ? resource(invoice, account) : flat(invoice, account);
    }

    private ObjectNode flat(Invoice invoice, Account account) {
        var json = Json.object();
        outcome(json, invoice, account);
        if (invoice.state().status() == Status.PROCESS_FAILED) {
            json.putArray("errors").addObject().put("title", "The payment was refused").put("status", "422");
        }
        return json;
    }

    private ObjectNode resource(Invoice invoice, Account account) {
        var document = Json.object();
        var attributes = document.putObject("data").put("type", "card-gate-invoices").put("id", invoice.terms().gateId()).putObject("attributes")
                .put("amount", Money.number(invoice.terms().amount(), invoice.terms().currency())).put("currency", invoice.terms().currency())
                .put("service", invoice.terms().service()).put("repeatable", false).put("flow", "charge");
        outcome(attributes, invoice, account);
        var attempt = invoice.state().attempt();
        attributes.putObject("active_request").put("status", invoice.state().status().wireName()).put("resolution", invoice.state().resolution());
        if (attempt != null) {
            attributes.putObject("active_payment").put("status", attempt.status()).put("resolution", invoice.state().resolution());
        }
        attributes.put("auto_repay", false).set("metadata", Json.array());
        document.putObject("payment").put("fee", 0).put("feeStrategy", "internal");
        return document;
    }

    private void outcome(ObjectNode json, Invoice invoice, Account account) {
        json.put("status", gateStatus(invoice)).put("resolution", invoice.state().resolution());
        if (invoice.state().waitsForIssuer()) {
            json.put("auth_mode", "3ds").set("auth_payload", challenges.payload(invoice, account));
        }
    }

    /** Held money is authorized, which the gate has no other word for than done. */
    private static String gateStatus(Invoice invoice) {
        var state = invoice.state();
        boolean paid = state.holdsMoney() || state.sums().processed() > 0;
        return paid ? Status.PROCESSED.wireName() : state.status().wireName();
    }

    static RefusedException unknownCall() {
        return new RefusedException(404, List.of(new Complaint(null, "The Card Gate has no such call")));
    }
}
