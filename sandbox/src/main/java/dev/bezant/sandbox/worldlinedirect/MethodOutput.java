package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.card.TestCard;
import dev.bezant.sandbox.world.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What answers say of the method and, for cards, of the card and its checks (sections 2.3, 2.4). */
final class MethodOutput {
    private MethodOutput() {}

    static ObjectNode of(Payment payment) {
        var terms = payment.terms();
        var json = Json.object();
        if (terms.productId() > 0) {
            json.put("paymentProductId", terms.productId());
        }
        if (payment.isApproved() || payment.state().stage() == Payment.Stage.VERIFIED) {
            json.put("authorisationCode", payment.id().substring(payment.id().length() - 6));
        }
        if (terms.card() != null) {
            addCard(json, payment, terms.card());
        }
        var token = payment.state().createdToken() != null ? payment.state().createdToken() : terms.token();
        if (token != null && terms.method() != Method.DIRECT_DEBIT) {
            json.put("token", token);
        }
        if (terms.productId() == 840 && payment.isApproved()) {
            json.putObject("paymentProduct840SpecificOutput").put("payPalTransactionId", "PP" + payment.id());
        }
        return json;
    }

    private static void addCard(ObjectNode json, Payment payment, CardFacts card) {
        if (payment.terms().method() == Method.MOBILE) {
            json.putObject("paymentData").put("dpan", card.masked()).put("expiryDate", card.expiry());
        } else {
            json.set("card", card(card));
        }
        var checks = json.putObject("fraudResults").put("fraudServiceResult", fraudResult(card));
        checks.put("avsResult", avsResult(card)).put("cvvResult", cvvResult(payment, card));
        if (payment.isApproved()) {
            var scheme = schemeReference(payment);
            json.put("schemeReferenceData", scheme).put("initialSchemeTransactionId", scheme);
        }
        var results = threeDsResults(payment);
        if (results != null) {
            json.set("threeDSecureResults", results);
        }
        var decline = payment.state().decline();
        if (decline != null && decline.advice() != Decline.Advice.NONE) {
            json.putObject("reattemptInstructions").put("indicator", decline.advice().wireName());
        }
    }

    static ObjectNode card(CardFacts card) {
        var json = Json.object()
                .put("cardNumber", card.masked())
                .put("expiryDate", card.expiry())
                .put("bin", card.bin())
                .put("countryCode", card.origin().country())
                .put("cardType", card.origin().type());
        var scheme = CardReader.schemeOf(card.productId());
        if (scheme != null) {
            json.put("cardScheme", scheme);
        }
        return json;
    }

    static ObjectNode cardWithoutCvv(CardFacts card) {
        var json = Json.object().put("cardNumber", card.masked()).put("expiryDate", card.expiry());
        if (card.holder() != null) {
            json.put("cardholderName", card.holder());
        }
        return json;
    }

    /** The network's name for the transaction. */
    static String schemeReference(Payment payment) {
        return "0" + payment.id() + "0001";
    }

    private static String fraudResult(CardFacts card) {
        return card.shared() == TestCard.RISK_HIGHEST || card.shared() == TestCard.RISK_ELEVATED ? "challenged"
                : card.shared() == TestCard.FRAUDULENT ? "denied" : "accepted";
    }

    private static String cvvResult(Payment payment, CardFacts card) {
        if (card.shared() == TestCard.CVC_CHECK_FAILS || payment.state().decline() == Decline.INCORRECT_CVV) {
            return "N";
        }
        return !payment.terms().withCvv() ? "P" : payment.isApproved() ? "M" : "0";
    }

    /** Section 2.3 knows the letters; which stands for what is the schemes' usual meaning. */
    private static String avsResult(CardFacts card) {
        if (card.shared() == null) {
            return "0";
        }
        return switch (card.shared()) {
            case ZIP_CHECK_FAILS -> "A";
            case STREET_CHECK_FAILS -> "Z";
            case ADDRESS_CHECK_FAILS -> "N";
            case ADDRESS_NOT_CHECKED -> "U";
            default -> "0";
        };
    }

    private static @Nullable ObjectNode threeDsResults(Payment payment) {
        var how = payment.state().authentication();
        if (how == Authentication.NONE) {
            return null;
        }
        var json = Json.object().put("version", "2.2.0").put("authenticationStatus", how.status());
        Wire.put(json, "flow", how.flow());
        Wire.put(json, "eci", how.eci());
        Wire.put(json, "schemeEci", how.schemeEci());
        Wire.put(json, "liability", how.liability());
        Wire.put(json, "challengeIndicator", payment.terms().threeDs().challengeIndicator());
        if (how.liability() != null) {
            json.put("acsTransactionId", namedId(payment, "acs")).put("dsTransactionId", namedId(payment, "ds"))
                    .put("xid", Base64.getEncoder().encodeToString(payment.id().getBytes(StandardCharsets.US_ASCII)));
        }
        if ("issuer".equals(how.liability())) {
            json.put("cavv", "AAABBEg0VhI0VniQEjRWAAAAAAA=");
        }
        return json;
    }

    private static String namedId(Payment payment, String what) {
        return UUID.nameUUIDFromBytes((what + payment.id()).getBytes(StandardCharsets.US_ASCII)).toString();
    }
}
