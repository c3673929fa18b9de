package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Our records as Corefy's JSON (sections 3, 7, 8): numbers in major units, unix times, null for what is not there, {@code []} for empty maps. */
final class Wire {
    private final Store store;
    /** Known once the port is open, which is before the first request. */
    private volatile URI origin = URI.create("http://127.0.0.1");

    Wire(Store store) {
        this.store = store;
    }

    void origin(URI listeningAt) {
        origin = listeningAt;
    }

    URI origin() {
        return origin;
    }

    String hostedPage(Invoice invoice) {
        return origin + Operations.HOSTED_PAGE + "?cpi=" + invoice.id();
    }

    /** The whole document, as a read and a callback show it. */
    ObjectNode document(Invoice invoice, Account account) {
        var document = Json.object();
        document.set("data", invoice(invoice, account));
        var included = document.putArray("included");
        var customer = invoice.terms().customer();
        if (customer != null && invoice.terms().customerId() != null) {
            included.addObject().put("type", "customers").put("id", invoice.terms().customerId()).set("attributes", customer);
        }
        var attempt = invoice.state().attempt();
        if (attempt != null) {
            included.addObject().put("type", "payments").put("id", attempt.id()).putObject("attributes").put("status", attempt.status())
                    .put("resolution", invoice.state().resolution());
        }
        return document;
    }

    ObjectNode invoice(Invoice invoice, Account account) {
        var resource = Json.object().put("type", "payment-invoices").put("id", invoice.id());
        resource.set("attributes", attributes(invoice, account));
        var terms = invoice.terms();
        var attempt = invoice.state().attempt();
        var relationships = resource.putObject("relationships");
        link(relationships, "payment-service", "payment-services", terms.service());
        link(relationships, "payment-method", "payment-methods", Services.payIn(terms.service()).map(Services.Service::method).orElse(null));
        link(relationships, "customer", "customers", terms.customerId());
        link(relationships, "active-payment", "payments", attempt == null ? null : attempt.id());
        resource.putObject("links").put("self", Operations.API + "/payment-invoices/" + invoice.id());
        return resource;
    }

    private ObjectNode attributes(Invoice invoice, Account account) {
        var terms = invoice.terms();
        var state = invoice.state();
        var sums = state.sums();
        var times = state.times();
        boolean paid = sums.processed() > 0;
        var json = Json.object().put("status", state.status().wireName()).put("resolution", state.resolution()).putNull("resolution_message")
                .put("serial_number", "PI-" + terms.serial()).put("moderation_required", state.moderated())
                .put("amount", Money.number(terms.amount(), terms.currency())).put("payment_amount", Money.number(terms.amount(), terms.currency()))
                .put("currency", terms.currency()).put("service_amount", Money.number(terms.amount(), terms.currency()))
                .put("payment_service_amount", Money.number(terms.amount(), terms.currency())).put("exchange_rate", 1)
                .put("service_currency", terms.currency()).put("reference_id", terms.referenceId()).put("test_mode", terms.testMode())
                .put("fee", 0).put("deposit", Money.number(terms.amount(), terms.currency()));
        time(json, "processed", times.processed());
        amount(json, "processed_amount", paid, sums.processed(), terms.currency());
        amount(json, "processed_fee", paid, 0, terms.currency());
        amount(json, "processed_deposit", paid, sums.processed(), terms.currency());
        time(json, "refunded", times.refunded());
        amount(json, "refunded_amount", sums.refunded() > 0, sums.refunded(), terms.currency());
        amount(json, "refunded_fee", sums.refunded() > 0, 0, terms.currency());
        if (Credentials.is(account, "refunds_listed", "false")) {
            json.putNull("refunds");
        } else {
            var refunds = json.putArray("refunds");
            store.refunds(invoice.id()).forEach(refund -> refunds.add(refundAttributes(refund).put("id", refund.id())));
        }
        time(json, "failed", times.failed());
        time(json, "charged_back", times.chargedBack());
        amount(json, "charged_back_amount", sums.chargedBack() > 0, sums.chargedBack(), terms.currency());
        map(json, "metadata", terms.metadata());
        json.set("flow_data", flowData(invoice));
        json.put("flow", "hpp").put("payment_flow", terms.delayed() ? "delayed_charge" : "charge");
        time(json, "created", terms.created());
        time(json, "updated", times.updated());
        json.set("payload", payload(state));
        json.put("description", terms.description()).put("descriptor", terms.descriptor()).put("callback_url", terms.urls().callback())
                .put("return_url", terms.urls().success());
        map(json, "return_urls", returnUrls(terms.urls()));
        json.set("original_data", Json.array());
        json.put("rrn", paid ? digits(terms.serial(), 12) : null).putNull("arn").put("approval_code", paid ? digits(terms.serial(), 6) : null);
        amount(json, "reserved_amount", state.holdsMoney(), sums.held(), terms.currency());
        json.putNull("reserve_expires").putNull("unreserved").putArray("reserves");
        json.set("reserve_options", Json.array());
        json.put("source", terms.source()).putArray("callback_logs");
        json.put("hpp_url", state.status().isOpen() ? hostedPage(invoice) : null);
        return json;
    }

    /** Where the browser goes, and what opens the Card Gate; nothing once it is over. */
    private JsonNode flowData(Invoice invoice) {
        var terms = invoice.terms();
        if (!invoice.state().status().isOpen()) {
            return Json.array();
        }
        var flow = Json.object().put("action", origin + Operations.HOSTED_PAGE).put("method", "GET");
        flow.putObject("params").put("cpi", invoice.id());
        if (terms.gateId() == null) {
            flow.set("metadata", Json.array());
        } else {
            flow.putObject("metadata").put("sid", terms.gateId()).put("token", GateToken.of(invoice));
        }
        return flow;
    }

    private static JsonNode payload(Invoice.State state) {
        var attempt = state.attempt();
        var card = attempt == null ? null : attempt.card();
        if (attempt == null || card == null) {
            return Json.array();
        }
        var payload = Json.object().put("token", state.token()).put("auth_type", "card").putNull("client_ip");
        var json = payload.putObject("payment_card").put("first", card.first()).put("last", card.last()).put("mask", card.mask())
                .put("brand", card.network()).put("type", "CREDIT").put("network", card.network()).put("holder", card.holder())
                .put("expiry_month", card.expiryMonth()).put("expiry_year", card.expiryYear()).put("issuer_name", "Simulated Bank")
                .put("issuer_country", "LT").put("card_id", card.cardId());
        var verification = json.putArray("verification");
        if (attempt.acsId() != null && state.sums().processed() + state.sums().held() > 0) {
            verification.addObject().put("type", "3ds").putObject("details").put("eci", "05").put("version", "2.1.0");
        }
        return payload;
    }

    private static @Nullable ObjectNode returnUrls(Invoice.Urls urls) {
        var json = Json.object();
        put(json, "success", urls.success());
        put(json, "pending", urls.pending());
        put(json, "fail", urls.fail());
        return json;
    }

    ObjectNode refund(Refund refund) {
        var document = Json.object();
        document.putObject("data").put("type", "refunds").put("id", refund.id()).set("attributes", refundAttributes(refund));
        return document;
    }

    private static ObjectNode refundAttributes(Refund refund) {
        var json = Json.object().put("reference_id", refund.referenceId()).put("original_id", refund.invoiceId())
                .put("description", refund.description()).put("status", refund.status().wireName())
                .put("amount", Money.number(refund.amount(), refund.currency())).put("fee", 0).put("currency", refund.currency());
        time(json, "created", refund.created());
        return json;
    }

    ObjectNode document(Payout payout) {
        var document = Json.object();
        document.set("data", payout(payout));
        document.putArray("included");
        return document;
    }

    ObjectNode payout(Payout payout) {
        var terms = payout.terms();
        var state = payout.state();
        var amount = Money.number(terms.amount(), terms.currency());
        var resource = Json.object().put("type", "payout-invoices").put("id", payout.id());
        var json = resource.putObject("attributes").put("status", state.status().wireName()).put("resolution", Money.lower(state.resolution()))
                .putNull("resolution_message").put("serial_number", "PO-" + terms.serial()).put("moderation_required", false)
                .put("amount", amount).put("payout_amount", amount).put("currency", terms.currency()).put("service_currency", terms.currency())
                .put("reference_id", terms.referenceId()).put("test_mode", terms.testMode()).put("fee", 0).put("writeoff", amount);
        time(json, "processed", state.processed());
        amount(json, "processed_amount", payout.paid() > 0, payout.paid(), terms.currency());
        amount(json, "processed_writeoff", payout.paid() > 0, payout.paid(), terms.currency());
        var payouts = json.putArray("payouts");
        if (state.status() != Payout.Status.CREATED) {
            payouts.addObject().put("id", "po_" + payout.id().substring("cpoi_".length())).putNull("rrn").put("amount", amount)
                    .put("currency", terms.currency()).put("status", state.status().wireName()).put("resolution", state.resolution());
        }
        map(json, "metadata", terms.metadata());
        map(json, "fields", terms.recipient());
        json.put("description", terms.description()).put("callback_url", terms.callbackUrl());
        time(json, "created", terms.created());
        time(json, "updated", state.updated());
        var relationships = resource.putObject("relationships");
        link(relationships, "payout-service", "payout-services", terms.service());
        link(relationships, "payout-method", "payout-methods", Services.payOut(terms.service()).map(Services.Service::method).orElse(null));
        resource.putObject("links").put("self", Operations.API + "/payout-invoices/" + payout.id());
        return resource;
    }

    static ObjectNode list(List<? extends JsonNode> resources) {
        var document = Json.object();
        var data = document.putArray("data");
        resources.forEach(data::add);
        document.putArray("included");
        return document;
    }

    private static void link(ObjectNode relationships, String name, String type, @Nullable String id) {
        var relationship = relationships.putObject(name);
        if (id == null) {
            relationship.putNull("data");
        } else {
            relationship.putObject("data").put("type", type).put("id", id);
        }
    }

    private static void amount(ObjectNode json, String name, boolean told, long minor, String currency) {
        if (told) {
            json.put(name, Money.number(minor, currency));
        } else {
            json.putNull(name);
        }
    }

    private static void time(ObjectNode json, String name, @Nullable Instant time) {
        if (time == null) {
            json.putNull(name);
        } else {
            json.put(name, time.getEpochSecond());
        }
    }

    private static void map(ObjectNode json, String name, @Nullable ObjectNode map) {
        json.set(name, map == null || map.isEmpty() ? Json.array() : map);
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    /** As an acquirer's reference: the last digits of a number. */
    private static String digits(long number, int count) {
        var padded = "0".repeat(count) + number;
        return padded.substring(padded.length() - count);
    }
}
