package dev.bezant.server.payment;

import dev.bezant.server.balance.BalanceTransaction;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.shape.BillingDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A charge as the API shows it. What no provider has told is null: it is never made up.
 *
 * @see "docs/protocols/payments-api.md, sections 1.3 and 2.4"
 */
final class ChargeView {
    private static final List<String> ALWAYS_NULL = List.of("application", "application_fee", "application_fee_amount",
            "calculated_statement_descriptor", "failure_balance_transaction", "on_behalf_of", "receipt_number", "receipt_url", "review", "source",
            "source_transfer", "transfer_data");
    /** Of the charge's details, shown under their own name. */
    private static final List<String> DETAILS = List.of("description", "receipt_email", "shipping", "statement_descriptor",
            "statement_descriptor_suffix", "transfer_group");
    /** Brands that are networks of their own; of others it is not known over which one they went. */
    private static final List<String> NETWORKS = List.of("visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay");

    private ChargeView() {}

    /** As an object of its own: its payment method is an id. */
    static ObjectNode of(Charge charge) {
        ObjectNode shown = common(charge);
        shown.put("payment_method", charge.paymentMethodId());
        return shown;
    }

    /** Inside its intent: its payment method is an object (section 1.3). */
    static ObjectNode inIntent(Charge charge) {
        ObjectNode shown = common(charge);
        shown.set("payment_method", Render.method(charge));
        return shown;
    }

    private static ObjectNode common(Charge charge) {
        ChargeExtras extras = charge.extras();
        // An authorization that was released is told like one that was given back.
        boolean released = charge.state() == ChargeState.VOIDED;
        boolean refunded = released || (charge.amountCaptured() > 0 && charge.amountRefunded() == charge.amountCaptured());
        ObjectNode shown = Json.object();
        shown.put("id", charge.id());
        shown.put("object", "charge");
        shown.put("amount", charge.amount().amount());
        shown.put("amount_captured", charge.amountCaptured());
        shown.put("amount_refunded", released ? charge.amount().amount() : charge.amountRefunded());
        shown.put("balance_transaction", balanceTransaction(charge));
        shown.set("billing_details", BillingDetails.rendered(charge.methodSnapshot().get("billing_details") instanceof ObjectNode details ? details : null));
        shown.put("captured", charge.amountCaptured() > 0);
        shown.put("created", charge.createdAt().getEpochSecond());
        shown.put("currency", charge.amount().currency().code());
        shown.put("customer", charge.customerId());
        shown.put("disputed", extras.disputed());
        shown.set("failure_code", failure(charge, "code"));
        shown.set("failure_message", failure(charge, "message"));
        shown.set("fraud_details", objectOrEmpty(extras.details().get("fraud_details")));
        shown.put("livemode", charge.livemode());
        shown.set("metadata", objectOrEmpty(extras.details().get("metadata")));
        shown.set("outcome", outcome(charge));
        shown.put("paid", charge.state().apiStatus().equals("succeeded"));
        shown.put("payment_intent", charge.paymentIntentId());
        shown.set("payment_method_details", methodDetails(charge));
        shown.put("provider", charge.provider());
        shown.put("provider_account", charge.providerAccountId());
        shown.put("provider_reference", charge.providerId());
        shown.put("refunded", refunded);
        shown.put("status", charge.state().apiStatus());
        shown.put("attempt", charge.attempt());
        shown.put("reference", charge.reference());
        DETAILS.forEach(name -> shown.set(name, orNull(extras.details().get(name))));
        ALWAYS_NULL.forEach(shown::putNull);
        return shown;
    }

    private static @Nullable String balanceTransaction(Charge charge) {
        if (charge.amountCaptured() == 0) {
            return null;
        }
        String captureId = charge.extras().captureId();
        return BalanceTransaction.idOf(captureId == null ? charge.id() : captureId);
    }

    private static JsonNode outcome(Charge charge) {
        ObjectNode failure = charge.failure();
        boolean sent = failure == null || !failure.path("not_sent").asBoolean(false);
        return switch (charge.state()) {
            case FAILED -> {
                ObjectNode outcome = outcome(sent ? "issuer_declined" : "invalid", sent ? "declined_by_network" : "not_sent_to_network");
                outcome.put("advice_code", advice(failure(charge, "advice_code").asString("")));
                outcome.set("network_advice_code", failure(charge, "advice_code"));
                outcome.set("network_decline_code", failure(charge, "provider_code"));
                outcome.set("reason", failure(charge, "decline_code"));
                outcome.set("seller_message", failure(charge, "provider_text"));
                yield outcome;
            }
            case REVERSING, REVERSED -> outcome("authorized", "reversed_after_approval");
            case AUTHORIZED, CAPTURED, VOIDED, VERIFIED -> outcome("authorized", "approved_by_network");
            case PENDING, REQUIRES_ACTION, COMPLETING -> NullNode.instance;
        };
    }

    private static ObjectNode outcome(String type, String networkStatus) {
        ObjectNode outcome = Json.object();
        outcome.putNull("advice_code");
        outcome.putNull("network_advice_code");
        outcome.putNull("network_decline_code");
        outcome.put("network_status", networkStatus);
        outcome.putNull("reason");
        // No provider tells a risk, and nothing of ours assesses one.
        outcome.put("risk_level", "not_assessed");
        outcome.putNull("risk_score");
        outcome.putNull("rule");
        outcome.putNull("seller_message");
        outcome.put("type", type);
        return outcome;
    }

    /** What the scheme's number means, as {@code 03: Do not try again} begins with one. */
    private static @Nullable String advice(String code) {
        return switch (code.length() < 2 ? "" : code.substring(0, 2)) {
            case "01" -> "confirm_card_data";
            case "02" -> "try_again_later";
            case "03", "21" -> "do_not_try_again";
            default -> null;
        };
    }

    private static ObjectNode methodDetails(Charge charge) {
        ObjectNode details = Json.object();
        String type = charge.methodType();
        details.set(type, charge.redirect().map(redirect -> Render.members(redirect.chargeMembers(), charge.methodSnapshot().path(type)))
                .orElseGet(() -> card(charge)));
        details.put("type", type);
        return details;
    }

    private static ObjectNode card(Charge charge) {
        JsonNode stored = charge.methodSnapshot().path("card");
        String brand = stored.path("brand").asString("unknown");
        ObjectNode card = Json.object();
        card.put("amount_authorized", charge.state().apiStatus().equals("succeeded") ? charge.amount().amount() : null);
        card.putNull("authorization_code");
        card.set("brand", stored.path("brand").isString() ? stored.get("brand") : NullNode.instance);
        card.set("checks", checks(charge));
        for (String name : List.of("country", "exp_month", "exp_year")) {
            card.set(name, orNull(stored.get(name)));
        }
        card.set("extended_authorization", Json.object().put("status", "disabled"));
        card.set("fingerprint", orNull(stored.get("fingerprint")));
        card.set("funding", orNull(stored.get("funding")));
        card.set("incremental_authorization", Json.object().put("status", "unavailable"));
        card.putNull("installments");
        card.set("last4", orNull(stored.get("last4")));
        card.putNull("mandate");
        card.set("multicapture", Json.object().put("status", "unavailable"));
        card.put("network", NETWORKS.contains(brand) ? brand : null);
        card.putNull("network_token");
        card.putNull("network_transaction_id");
        card.set("overcapture", Json.object().put("maximum_amount_capturable", charge.amount().amount()).put("status", "unavailable"));
        card.putNull("regulated_status");
        card.set("three_d_secure", threeDSecure(charge));
        card.putNull("wallet");
        return card;
    }

    /** No provider tells what it checked; that a CVC was wrong is told by a decline. */
    private static ObjectNode checks(Charge charge) {
        ObjectNode checks = Json.object();
        checks.putNull("address_line1_check");
        checks.putNull("address_postal_code_check");
        checks.put("cvc_check", failure(charge, "decline_code").asString("").equals("incorrect_cvc") ? "fail" : null);
        return checks;
    }

    /** Null where the payer was sent to no challenge: a frictionless check is not told to us. */
    private static JsonNode threeDSecure(Charge charge) {
        String challenge = charge.extras().challenge();
        String result = switch (charge.state()) {
            case AUTHORIZED, CAPTURED, VOIDED, VERIFIED, REVERSING, REVERSED -> "authenticated";
            case FAILED -> failure(charge, "code").asString("").equals("payment_intent_authentication_failure") ? "failed" : null;
            case PENDING, REQUIRES_ACTION, COMPLETING -> null;
        };
        if (challenge == null) {
            return NullNode.instance;
        }
        ObjectNode shown = Json.object();
        shown.put("authentication_flow", "challenge");
        shown.putNull("electronic_commerce_indicator");
        shown.putNull("exemption_indicator");
        shown.put("result", result);
        shown.putNull("result_reason");
        shown.putNull("transaction_id");
        // Of version 2 only that it was one is known.
        shown.put("version", challenge.equals("3ds1") ? "1.0.2" : null);
        return shown;
    }

    private static JsonNode failure(Charge charge, String member) {
        return charge.failure() == null ? NullNode.instance : orNull(charge.failure().get(member));
    }

    private static ObjectNode objectOrEmpty(@Nullable JsonNode node) {
        return node instanceof ObjectNode object ? object : Json.object();
    }

    private static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? NullNode.instance : node;
    }
}
