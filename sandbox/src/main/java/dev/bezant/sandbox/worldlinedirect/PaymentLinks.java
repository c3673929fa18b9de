package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import dev.bezant.sandbox.worldlinedirect.PaymentLink.Happening;
import dev.bezant.sandbox.worldlinedirect.PaymentLink.Status;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, shows and cancels payment links; opening one is {@link LinkPages}. */
final class PaymentLinks {
    static final int MONTHS_MAX = 6;
    private static final Duration LIFE = Duration.ofHours(24);
    private static final String ID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Store store;
    private final SandboxClock clock;
    private final Wire wire;

    PaymentLinks(Store store, SandboxClock clock, Wire wire) {
        this.store = store;
        this.clock = clock;
        this.wire = wire;
    }

    Answer create(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var specific = body.object("paymentLinkSpecificInput");
        boolean own = body.has("paymentLinkOrder");
        var order = own ? body.object("paymentLinkOrder") : body.required("order");
        var money = Money.read(order, own ? "amount" : "amountOfMoney", 1);
        var references = own
                ? new References(order.text("merchantReference"), null, null)
                : References.read(order, "references");
        HostedCheckouts.check(body);
        var expires = expiry(specific.has("expirationDate") ? specific : body);
        var recipient = specific.has("recipientName") ? specific.text("recipientName") : body.text("recipientName");
        boolean reusable = body.flag("isReusableLink", false);
        boolean qrCode = body.flag("displayQRCode", false);
        body.refuseIfWrong();
        var created = new Happening("CREATED", clock.instant(), "created through the API");
        var link = new PaymentLink(UUID.randomUUID().toString(), account.require("merchant_id"), account.name(), Store.secret(), money,
                references, checkoutRequest(json, money, references), reusable, qrCode, recipient, expires, Status.ACTIVE, null,
                List.of(created));
        work.save(link);
        work.tell(new Events.Event(account.name(), "paymentlink.created", "paymentLink", json(link, wire), List.of()));
        return Answer.ok(json(link, wire));
    }

    /** The body of the hosted checkouts that the link opens. */
    private static ObjectNode checkoutRequest(JsonNode json, Money money, References references) {
        var request = (ObjectNode) json.deepCopy();
        var order = request.path("order") instanceof ObjectNode given ? given : request.putObject("order");
        order.set("amountOfMoney", money.json());
        if (!references.isEmpty()) {
            order.set("references", references.json());
        }
        return request;
    }

    private Instant expiry(Input input) {
        var now = clock.instant();
        var text = input.text("expirationDate");
        if (text == null) {
            return now.plus(LIFE);
        }
        try {
            var expires = OffsetDateTime.parse(text).toInstant();
            if (!expires.isAfter(now)) {
                input.refuse("expirationDate", "must be in the future");
            } else if (expires.isAfter(now.atZone(ZoneOffset.UTC).plusMonths(MONTHS_MAX).toInstant())) {
                input.refuse("expirationDate", "must be at most " + MONTHS_MAX + " months ahead");
            }
            return expires;
        } catch (DateTimeException e) {
            input.refuse("expirationDate", "must be a date and time with an offset");
            return now;
        }
    }

    Answer get(Account account, String id) {
        return Answer.ok(json(require(account, id), wire));
    }

    /** A link that is cancelled, paid or expired is no longer known to this call. */
    Answer cancel(Account account, String id, Work work) {
        var link = require(account, id);
        if (!link.isActive()) {
            throw ProblemException.unknown("UNKNOWN_PAYMENT_LINK_ID", "paymentLinkId");
        }
        var cancelled = link.as(Status.CANCELLED, link.paymentId(), clock.instant(), "cancelled through the API");
        work.save(cancelled);
        work.tell(new Events.Event(link.account(), "paymentlink.cancelled", "paymentLink", json(cancelled, wire), List.of()));
        return Answer.nothing();
    }

    private PaymentLink require(Account account, String id) {
        if (!id.matches(ID)) {
            throw ProblemException.invalid("paymentLinkId", "must be a UUID");
        }
        var link = store.links().get(id);
        if (link == null || !link.merchantId().equals(account.require("merchant_id"))) {
            throw ProblemException.unknown("UNKNOWN_PAYMENT_LINK_ID", "paymentLinkId");
        }
        return link;
    }

    void expireDue(Work work) {
        for (var link : store.links().watched()) {
            if (!clock.instant().isBefore(link.expires())) {
                var expired = link.as(Status.EXPIRED, link.paymentId(), clock.instant(), "its time was up");
                work.save(expired);
                work.tell(new Events.Event(link.account(), "paymentlink.expired", "paymentLink", json(expired, wire), List.of()));
            }
        }
    }

    static ObjectNode json(PaymentLink link, Wire wire) {
        var url = wire.url(LinkPages.PATH + link.page());
        var json = Json.object().put("paymentLinkId", link.id()).put("status", link.status().name()).put("redirectionUrl", url)
                .put("expirationDate", Wire.dateTime(link.expires())).put("isReusableLink", link.reusable());
        Wire.put(json, "recipientName", link.recipientName());
        Wire.put(json, "paymentId", link.paymentId());
        if (link.qrCode()) {
            json.put("qrCodeBase64", QrCode.pngBase64(url));
        }
        var order = json.putObject("paymentLinkOrder");
        order.set("amount", link.money().json());
        Wire.put(order, "merchantReference", link.references().merchantReference());
        var events = json.putArray("paymentLinkEvents");
        link.events().forEach(event -> events.addObject().put("type", event.type()).put("dateTime", Wire.dateTime(event.at()))
                .put("details", event.details()));
        return json;
    }
}
