package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.worldlinedirect.Maintenance.Kind;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Payments and what hangs on them as this provider's JSON (section 2.4). */
final class Wire {
    private static final DateTimeFormatter STATUS_CHANGE = DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    /** Known once the port is open, which is before the first request. */
    private volatile URI origin = URI.create("http://127.0.0.1");

    void origin(URI listeningAt) {
        origin = listeningAt;
    }

    /** Where this provider answers, without a slash at the end. */
    String origin() {
        return origin.toString();
    }

    /** The address of a page. */
    String url(String path) {
        return origin + path;
    }

    /** The same without scheme, as {@code partialRedirectUrl} has it; on loopback there is no {@code payment.} label to leave out. */
    String partialUrl(String path) {
        return origin.getRawAuthority() + path;
    }

    /** Milliseconds and an offset. */
    static String dateTime(Instant instant) {
        return DATE_TIME.format(instant);
    }

    ObjectNode payment(Payment payment) {
        var json = Json.object().put("id", payment.wireId());
        var standing = Standing.of(payment);
        json.put("status", standing.status());
        json.set("statusOutput", statusOutput(payment, standing));
        json.set("paymentOutput", paymentOutput(payment));
        if (payment.terms().hostedCheckoutId() != null) {
            json.putObject("hostedCheckoutSpecificOutput").put("hostedCheckoutId", payment.terms().hostedCheckoutId());
        }
        return json;
    }

    /** With all operations, the payment itself being the first. */
    ObjectNode details(Payment payment) {
        var json = payment(payment);
        var operations = json.putArray("Operations");
        var first = operationOf(payment, payment.wireId(), payment.money().amount(), firstStanding(payment));
        if (!payment.terms().references().isEmpty()) {
            first.set("references", payment.terms().references().json());
        }
        operations.add(first);
        for (var operation : payment.state().maintenance()) {
            operations.add(operation(payment, operation));
        }
        return json;
    }

    /** The authorization or sale by itself, whatever came after it. */
    private static Standing firstStanding(Payment payment) {
        return Standing.of(payment.with(new Payment.State(payment.state().stage(), payment.state().decline(), payment.state().authentication(),
                payment.money().amount(), false, false, null, null, List.of(), payment.state().changed())));
    }

    ObjectNode operation(Payment payment, Maintenance operation) {
        var json = operationOf(payment, payment.wireId(operation), operation.amount(), operation.standing());
        putReferences(json, operation);
        return json;
    }

    private static ObjectNode operationOf(Payment payment, String id, long amount, Standing standing) {
        var json = Json.object().put("id", id);
        json.set("amountOfMoney", payment.money().with(amount).json());
        json.put("status", standing.status());
        json.set("statusOutput", statusOutput(standing));
        return json.put("paymentMethod", payment.terms().method().wireName()).put("paymentProductId", payment.terms().productId());
    }

    private static ObjectNode statusOutput(Payment payment, Standing standing) {
        var json = statusOutput(standing).put("statusCodeChangeDateTime", STATUS_CHANGE.format(payment.state().changed()));
        if (payment.state().decline() != null) {
            json.putArray("errors").add(payment.state().decline().error().json());
        }
        return json;
    }

    static ObjectNode statusOutput(Standing standing) {
        return Json.object()
                .put("isAuthorized", standing.isAuthorized())
                .put("isCancellable", standing.isCancellable())
                .put("isRefundable", standing.isRefundable())
                .put("statusCategory", standing.category())
                .put("statusCode", standing.code());
    }

    private ObjectNode paymentOutput(Payment payment) {
        var terms = payment.terms();
        var json = Json.object();
        json.set("amountOfMoney", payment.money().with(payment.state().authorized()).json());
        json.set("acquiredAmount", payment.money().with(payment.acquired()).json());
        if (payment.captured() > 0) {
            json.put("amountPaid", payment.captured());
        }
        if (!terms.references().isEmpty()) {
            json.set("references", terms.references().json());
            if (terms.references().merchantParameters() != null) {
                json.put("merchantParameters", terms.references().merchantParameters());
            }
        }
        json.putObject("customer").putObject("device").put("ipAddressCountryCode", "99");
        json.put("transactionDate", dateTime(terms.created()));
        json.put("paymentMethod", terms.method().wireName());
        json.set(terms.method().outputName(), MethodOutput.of(payment));
        return json;
    }

    /** Answers a capture. */
    ObjectNode capture(Payment payment, Maintenance capture, Standing standing) {
        var json = Json.object().put("id", payment.wireId(capture)).put("status", standing.status());
        json.putObject("statusOutput").put("statusCode", standing.code());
        json.set("captureOutput", captureOutput(payment, capture.amount(), standing.code() == 9));
        putReferences((ObjectNode) json.path("captureOutput"), capture);
        return json;
    }

    /** A sale was captured with itself. */
    ObjectNode captureOfSale(Payment payment) {
        var json = Json.object().put("id", payment.wireId()).put("status", "CAPTURED");
        json.putObject("statusOutput").put("statusCode", 9);
        json.set("captureOutput", captureOutput(payment, payment.captured(), true));
        if (!payment.terms().references().isEmpty()) {
            ((ObjectNode) json.path("captureOutput")).set("references", payment.terms().references().json());
        }
        return json;
    }

    private ObjectNode captureOutput(Payment payment, long amount, boolean done) {
        var json = Json.object();
        json.set("amountOfMoney", payment.money().with(amount).json());
        json.set("acquiredAmount", payment.money().with(amount).json());
        if (done) {
            json.put("amountPaid", amount);
        }
        json.put("paymentMethod", payment.terms().method().wireName());
        json.set(payment.terms().method().outputName(), MethodOutput.of(payment));
        return json;
    }

    ObjectNode captures(Payment payment) {
        var json = Json.object();
        var list = json.putArray("captures");
        if (payment.isApproved() && payment.isSale()) {
            list.add(captureOfSale(payment));
        }
        payment.operations(Kind.CAPTURE).forEach(capture -> list.add(capture(payment, capture, capture.standing())));
        return json;
    }

    /** Answers a refund. */
    ObjectNode refund(Payment payment, Maintenance refund, Standing standing) {
        var json = Json.object().put("id", payment.wireId(refund)).put("status", standing.status());
        var status = json.putObject("statusOutput").put("isCancellable", false).put("statusCategory", standing.category())
                .put("statusCode", standing.code());
        if (refund.stage() == Maintenance.Stage.REJECTED) {
            status.putArray("errors").add(Decline.REFUND_REFUSED.error().json());
        }
        var output = json.putObject("refundOutput");
        output.set("amountOfMoney", payment.money().with(refund.amount()).json());
        putReferences(output, refund);
        output.put("paymentMethod", payment.terms().method().wireName());
        output.putObject(payment.terms().method().refundName()).put("totalAmountPaid", payment.captured())
                .put("totalAmountRefunded", payment.refunded());
        return json;
    }

    ObjectNode refunds(Payment payment) {
        var json = Json.object();
        var list = json.putArray("refunds");
        payment.operations(Kind.REFUND).forEach(refund -> list.add(refund(payment, refund, refund.standing())));
        return json;
    }

    /** Answers a cancellation: recorded as pending (61), whatever becomes of it at once. */
    ObjectNode cancellation(Payment payment, Maintenance cancel) {
        var standing = Standing.of("CANCELLED", Standing.FOR_MERCHANT, 61, true, false, false);
        var json = Json.object();
        var inner = json.putObject("payment").put("id", payment.wireId(cancel)).put("status", standing.status());
        inner.set("statusOutput", statusOutput(standing));
        var output = paymentOutput(payment);
        output.set("amountOfMoney", payment.money().with(cancel.amount()).json());
        putReferences(output, cancel);
        inner.set("paymentOutput", output);
        return json;
    }

    private static void putReferences(ObjectNode json, Maintenance operation) {
        if (!operation.references().isEmpty()) {
            json.set("references", operation.references().json());
        }
        if (!operation.operationReferences().isEmpty()) {
            json.set("operationReferences", operation.operationReferences().json());
        }
    }

    ObjectNode payout(Payout payout) {
        var standing = payout.standing();
        var json = Json.object().put("id", payout.wireId()).put("status", standing.status());
        json.putObject("statusOutput").put("isCancellable", false).put("statusCategory", standing.category()).put("statusCode", standing.code());
        var output = json.putObject("payoutOutput");
        output.set("amountOfMoney", payout.money().json());
        put(output, "payoutReason", payout.reason());
        if (!payout.references().isEmpty()) {
            output.set("references", payout.references().json());
        }
        output.put("transactionDate", dateTime(payout.created()));
        var card = output.putObject("payoutCardPaymentMethodSpecificOutput").put("paymentProductId", payout.card().productId());
        card.set("card", MethodOutput.card(payout.card()));
        return json;
    }

    static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
