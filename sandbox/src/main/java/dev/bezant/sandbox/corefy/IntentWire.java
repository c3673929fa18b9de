package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Our records as the intents dialect's JSON (section 13): the same invoices in other words. */
final class IntentWire {
    /** What the dialect calls a resolution; others are generic. */
    private static final Map<String, String> DECLINE_CODES = Map.ofEntries(
            Map.entry("access_denied", "do_not_honor"), Map.entry("issuer_decline", "do_not_honor"), Map.entry("invalid_details", "incorrect_number"),
            Map.entry("invalid_card", "incorrect_number"), Map.entry("invalid_pan", "incorrect_number"), Map.entry("invalid_pin", "incorrect_pin"),
            Map.entry("invalid_cvv", "incorrect_cvc"), Map.entry("antifraud_error", "fraudulent"), Map.entry("card_expired", "expired_card"),
            Map.entry("insufficient_funds", "insufficient_funds"), Map.entry("limit_violation", "card_velocity_exceeded"),
            Map.entry("lost_or_stolen_card", "lost_card"), Map.entry("card_is_lost", "lost_card"), Map.entry("card_is_stolen", "stolen_card"),
            Map.entry("client_auth_failed", "authentication_failed"), Map.entry("auth_fatal_error", "authentication_failed"),
            Map.entry("invalid_3ds_code", "authentication_failed"), Map.entry("invalid_otp", "authentication_failed"),
            Map.entry("unable_to_determine_3ds_enrolment", "authentication_failed"), Map.entry("card_is_not_3ds_enrolled", "authentication_failed"),
            Map.entry("card_is_3ds_enrolled", "authentication_required"), Map.entry("provider_error", "processing_error"),
            Map.entry("error", "processing_error"), Map.entry("fatal_error", "processing_error"));

    private final ChallengePages challenges;

    IntentWire(ChallengePages challenges) {
        this.challenges = challenges;
    }

    static String declineCode(String resolution) {
        return DECLINE_CODES.getOrDefault(resolution, "generic_decline");
    }

    ObjectNode intent(Invoice invoice, Account account) {
        var terms = invoice.terms();
        var state = invoice.state();
        var attempt = state.attempt();
        var json = Json.object().put("id", invoice.publicId()).put("object", "payment_intent").put("status", status(invoice))
                .put("amount", Money.text(terms.amount(), terms.currency())).put("currency", terms.currency())
                .put("amount_received", Money.text(state.sums().processed(), terms.currency()))
                .put("amount_refunded", Money.text(state.sums().refunded(), terms.currency()))
                .put("payment_id", state.sums().processed() > 0 && attempt != null ? attempt.id() : null).put("payment_method", "card")
                .put("customer_id", terms.customerReference()).put("reference_id", terms.referenceId()).put("description", terms.description());
        if (state.waitsForIssuer()) {
            var payload = challenges.payload(invoice, account);
            var action = json.putObject("next_action").put("type", "redirect_form").put("url", payload.path("action").asString())
                    .put("method", payload.path("method").asString());
            action.set("fields", payload.path("params"));
        } else {
            json.putNull("next_action");
        }
        json.putNull("redirect_url");
        if (state.failures() > 0 && state.attempt() == null) {
            json.putObject("last_error").put("error_code", "card_declined").put("decline_code", declineCode(state.resolution()))
                    .put("message", "The card was refused: " + state.resolution());
        } else {
            json.putNull("last_error");
        }
        json.putObject("provider").put("name", "corefy").put("id", invoice.id()).put("status", state.status().wireName())
                .put("resolution", state.resolution());
        json.put("livemode", !terms.testMode());
        json.set("metadata", terms.metadata() == null ? Json.object() : terms.metadata());
        return json.put("created_at", time(terms.created())).put("updated_at", time(state.times().updated()));
    }

    private static String status(Invoice invoice) {
        var state = invoice.state();
        return switch (state.status()) {
            case CREATED, PROCESS_PENDING -> state.waitsForIssuer() ? "requires_action"
                    : state.attempt() == null ? "requires_payment_method" : "processing";
            case PROCESS_FAILED, EXPIRED, TERMINATED -> "canceled";
            case PROCESSED, PARTIALLY_PROCESSED, REFUND_PENDING, PARTIALLY_REFUNDED, REFUNDED, REFUND_FAILED, CHARGED_BACK, PARTIALLY_CHARGED_BACK ->
                    "succeeded";
        };
    }

    static ObjectNode refund(Refund refund, Invoice invoice) {
        var attempt = invoice.state().attempt();
        var status = switch (refund.status()) {
            case PROCESSED -> "succeeded";
            case PROCESS_PENDING -> "pending";
            case PROCESS_FAILED -> "failed";
        };
        return Json.object().put("id", refund.id()).put("object", "refund").put("payment_id", attempt == null ? null : attempt.id())
                .put("amount", Money.text(refund.amount(), refund.currency())).put("currency", refund.currency()).put("status", status)
                .put("reason", refund.description()).put("created_at", time(refund.created()));
    }

    static ObjectNode customer(IntentCustomer customer) {
        var json = Json.object().put("id", customer.id()).put("object", "customer").put("email", customer.email()).put("name", customer.name())
                .put("phone", customer.phone()).put("reference_id", customer.referenceId());
        json.set("metadata", customer.metadata() == null ? Json.object() : customer.metadata());
        return json.put("created_at", time(customer.created()));
    }

    static ObjectNode method(SavedCard saved) {
        var card = saved.card();
        var json = Json.object().put("id", saved.id()).put("object", "payment_method").put("type", "card").put("customer_id", saved.owner());
        json.putObject("card").put("brand", Money.lower(card.network())).put("first6", card.first()).put("last4", card.last())
                .put("exp_month", card.expiryMonth()).put("exp_year", 2000 + card.expiryYear()).put("holder", card.holder());
        return json.put("reusable", true);
    }

    static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
