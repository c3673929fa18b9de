package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.worldlinedirect.Mandate.Status;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** SEPA mandates (section 1.1). Blocking what is blocked, and anything but reading what is revoked, is refused. */
final class Mandates {
    private static final Set<String> REASONS = Set.of("receivedFinal", "userAction", "obsolescence", "refused", "revocationAskedByDebitor",
            "revocationAskedByCreditor", "deletionAskedByDebitor", "deletionAskedByCreditor");
    private static final Set<String> LANGUAGES = Set.of("de", "en", "es", "fr", "it", "nl", "si", "sk", "sv");
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    private final Store store;
    private final Wire wire;

    Mandates(Store store, Wire wire) {
        this.store = store;
        this.wire = wire;
    }

    Answer create(Account account, JsonNode json, Work work) {
        var mandate = read(Input.of(json), json, account);
        work.save(mandate);
        var answer = Json.object();
        answer.set("mandate", json(mandate));
        if (mandate.page() != null) {
            var action = answer.putObject("merchantAction").put("actionType", "REDIRECT");
            action.putObject("redirectData").put("redirectURL", wire.url(MandatePages.PATH + mandate.page()))
                    .put("RETURNMAC", mandate.returnMac());
        }
        return Answer.of(201, answer);
    }

    /**
     * @throws ProblemException 400 with everything that is wrong
     */
    Mandate read(Input body, JsonNode json, Account account) {
        var customer = body.required("customer");
        var iban = customer.required("bankAccountIban").requiredText("iban");
        if (!iban.isEmpty() && !isIban(iban)) {
            customer.object("bankAccountIban").refuse("iban", "is no IBAN");
        }
        body.requiredText("customerReference");
        body.choice("recurrenceType", Set.of("UNIQUE", "RECURRING"));
        body.choice("language", LANGUAGES);
        var signature = body.choice("signatureType", Set.of("UNSIGNED", "SMS", "TICK_BOX", "AIS"));
        var reference = body.text("uniqueMandateReference");
        PaymentReader.returnUrl(body);
        var merchant = account.require("merchant_id");
        if (reference != null && store.mandates().get(Mandate.key(merchant, reference)) != null) {
            body.refuse("uniqueMandateReference", "is taken");
        }
        body.refuseIfWrong();
        boolean signs = signature != null && !signature.equals("UNSIGNED");
        return new Mandate(reference != null ? reference : "UMR" + store.newBase(), merchant, json, Status.ACTIVE, signs ? Store.secret() : null,
                UUID.randomUUID().toString(), !signs);
    }

    Answer get(Account account, String reference) {
        return answer(require(account, reference, 404));
    }

    Answer block(Account account, String reference, Work work) {
        return changed(require(account, reference, 404), Status.ACTIVE, Status.BLOCKED, work);
    }

    Answer unblock(Account account, String reference, Work work) {
        return changed(require(account, reference, 404), Status.BLOCKED, Status.ACTIVE, work);
    }

    /** An unknown one is a 400 here. */
    Answer revoke(Account account, String reference, JsonNode json, Work work) {
        var body = Input.of(json);
        body.choice("revocationReason", REASONS);
        body.refuseIfWrong();
        var mandate = require(account, reference, 400);
        return changed(mandate, mandate.status() == Status.BLOCKED ? Status.BLOCKED : Status.ACTIVE, Status.REVOKED, work);
    }

    private static Answer changed(Mandate mandate, Status from, Status to, Work work) {
        if (mandate.status() != from) {
            throw ProblemException.invalid("uniqueMandateReference", "the mandate is " + mandate.status());
        }
        var changed = mandate.as(to);
        work.save(changed);
        return answer(changed);
    }

    private Mandate require(Account account, String reference, int status) {
        var mandate = store.mandates().get(Mandate.key(account.require("merchant_id"), reference));
        if (mandate == null) {
            throw status == 404
                    ? ProblemException.unknown("UNKNOWN_MANDATE_REFERENCE", "uniqueMandateReference")
                    : ProblemException.invalid("uniqueMandateReference", "there is no such mandate");
        }
        return mandate;
    }

    private static Answer answer(Mandate mandate) {
        var answer = Json.object();
        answer.set("mandate", json(mandate));
        return Answer.ok(answer);
    }

    private static ObjectNode json(Mandate mandate) {
        var json = Json.object().put("uniqueMandateReference", mandate.reference()).put("status", mandate.status().name());
        for (var name : Set.of("alias", "customer", "customerReference", "recurrenceType")) {
            if (mandate.request().has(name)) {
                json.set(name, mandate.request().path(name));
            }
        }
        return json;
    }

    /** Length and check digits (ISO 13616). */
    static boolean isIban(String text) {
        var iban = text.replace(" ", "").toUpperCase(Locale.ROOT);
        if (!iban.matches("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}")) {
            return false;
        }
        var digits = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4)).chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new BigInteger(digits.toString()).mod(NINETY_SEVEN).intValue() == 1;
    }
}
