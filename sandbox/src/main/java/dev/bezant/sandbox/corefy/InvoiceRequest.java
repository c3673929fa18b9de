package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.corefy.Services.Service;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a request for a payment invoice says (section 3). */
record InvoiceRequest(String referenceId, Service service, String currency, long amount, boolean delayed, boolean testMode,
        @Nullable String description, @Nullable String descriptor, @Nullable ObjectNode customer, @Nullable ObjectNode metadata, Invoice.Urls urls,
        @Nullable Instant expires, @Nullable String token, boolean tokenize, boolean instant, int retryLimit, String source) {
    /** How many cards a payer may try on the hosted page if nobody says otherwise. */
    static final int RETRY_LIMIT_STANDARD = 5;

    private static final int METADATA_MAX = 20;

    /** @throws RefusedException with everything that is wrong */
    static InvoiceRequest read(Attributes json, Instant now) {
        var currency = json.currency("currency");
        var service = service(json, currency);
        var flow = json.text("flow");
        if (flow != null && !flow.equals("charge") && !flow.equals("delayed_charge")) {
            json.refuse("flow", "must be charge or delayed_charge");
        }
        var cardGate = json.object("gateway_options").object("cardgate");
        var token = json.text("token");
        boolean tokenize = cardGate.flag("tokenize", false);
        boolean instant = cardGate.flag("instant", false);
        var customer = customer(json);
        if ((token != null || tokenize) && customer == null) {
            json.refuse("customer", "is required with a token");
        }
        if (instant && token == null) {
            json.refuse("token", "is required to charge instantly");
        }
        var request = new InvoiceRequest(json.required("reference_id"), service, currency, json.amount("amount", currency),
                "delayed_charge".equals(flow), json.flag("test_mode", false), json.text("description"), json.text("descriptor"), customer,
                metadata(json), urls(json), expires(json, now), token, tokenize, instant,
                cardGate.number("retry_limit", RETRY_LIMIT_STANDARD, 1, 100), "merchant_api");
        json.object("options").flag("allow_partially", false);
        json.refuseIfAny();
        return request;
    }

    /** With the public key, flat; callbacks cannot be directed from there. */
    static InvoiceRequest readPublic(Attributes json, boolean testMode) {
        var currency = json.currency("currency");
        var service = json.has("service") ? service(json, currency) : service(Services.CARD_METHOD + "_" + Money.lower(currency) + "_hpp", currency);
        var url = json.webAddress("return_url");
        var request = new InvoiceRequest(json.required("reference_id"), service, currency, json.amount("amount", currency),
                false, testMode, json.text("description"), null, null, metadata(json), new Invoice.Urls(url, url, url, null), null, null,
                false, false, RETRY_LIMIT_STANDARD, "platform_public_api");
        json.refuseIfAny();
        return request;
    }

    private static Service service(Attributes json, String currency) {
        var code = json.required("service");
        var service = Services.payIn(code).filter(found -> currency.isEmpty() || found.currency().equals(currency));
        if (!code.isEmpty() && service.isEmpty()) {
            json.refuse("service", "is not a service of this account in this currency");
        }
        return service.orElseGet(() -> service(code, currency));
    }

    private static Service service(String code, String currency) {
        return new Service(code, Services.CARD_METHOD, currency, true);
    }

    private static @Nullable ObjectNode customer(Attributes json) {
        if (!json.has("customer")) {
            return null;
        }
        json.object("customer").required("reference_id");
        return json.raw("customer");
    }

    private static @Nullable ObjectNode metadata(Attributes json) {
        json.object("metadata");
        var metadata = json.raw("metadata");
        if (metadata != null && metadata.size() > METADATA_MAX) {
            json.refuse("metadata", "must have at most " + METADATA_MAX + " keys");
        }
        return metadata;
    }

    private static Invoice.Urls urls(Attributes json) {
        var single = json.webAddress("return_url");
        var urls = json.object("return_urls");
        return new Invoice.Urls(orElse(urls.webAddress("success"), single), orElse(urls.webAddress("pending"), single),
                orElse(urls.webAddress("fail"), single), json.webAddress("callback_url"));
    }

    private static @Nullable Instant expires(Attributes json, Instant now) {
        var expires = json.unixTime("expires");
        if (expires != null && !expires.isAfter(now)) {
            json.refuse("expires", "must be in the future");
        }
        return expires;
    }

    private static @Nullable String orElse(@Nullable String value, @Nullable String standard) {
        return value == null ? standard : value;
    }
}
