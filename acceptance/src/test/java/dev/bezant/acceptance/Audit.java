package dev.bezant.acceptance;

import dev.bezant.acceptance.Books.Row;
import dev.bezant.acceptance.Truth.Movement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Compares three ways what happened: the providers' truth, our tables, and what clients were told. */
final class Audit {
    private static final Set<String> PAYMENTS = Set.of("sale", "authorization");
    private static final Set<String> ACCEPTED = Set.of("authorized", "captured", "voided", "reversing", "reversed");

    private final List<Movement> ledger;
    private final Map<String, Movement> byReference = new HashMap<>();
    private final List<Call> calls;
    private final Map<String, Row> intents;
    private final Map<String, Row> charges;
    private final List<Row> operations;
    private final Map<String, Row> refunds;
    private final Map<String, Row> payouts;
    private final Map<String, Long> events;
    private final List<String> findings = new ArrayList<>();

    Audit(Books books, List<Movement> ledger, List<Call> calls) {
        this.calls = calls;
        intents = byId(books.rows("select *, details->'metadata'->>'call' as call from payment_intent"));
        charges = byId(books.rows("select * from charge"));
        this.ledger = withoutTakenBack(ledger);
        operations = books.rows("select * from charge_operation");
        refunds = byId(books.rows("select * from refund"));
        payouts = byId(books.rows("select * from payout"));
        events = books.rows("select object_id || ' ' || type as what, count(*) as n from event group by 1").stream()
                .collect(Collectors.toMap(row -> row.text("what"), row -> row.number("n")));
    }

    /** A payment that was taken back, wholly and once, has failed here and left nothing there. */
    private List<Movement> withoutTakenBack(List<Movement> all) {
        Set<String> takenBack = charges.values().stream()
                .filter(row -> row.text("state").equals("failed") && !row.text("taking_back_at").isEmpty())
                .map(row -> row.text("reference"))
                .collect(Collectors.toSet());
        var rest = new ArrayList<>(all);
        for (Movement payment : all) {
            List<Movement> undone = all.stream()
                    .filter(it -> it.kind().equals("void") && it.parent().equals(payment.id()) && it.amount() == payment.amount())
                    .toList();
            if (PAYMENTS.contains(payment.kind()) && takenBack.contains(payment.reference()) && undone.size() == 1) {
                rest.remove(payment);
                rest.removeAll(undone);
            }
        }
        return rest;
    }

    /** Empty if all agree. */
    List<String> findings() {
        references();
        charges.values().forEach(this::charge);
        operations.forEach(this::operation);
        refunds.values().forEach(this::refund);
        payouts.values().forEach(this::payout);
        intents.values().forEach(this::intent);
        onceEach();
        calls.forEach(this::told);
        return findings;
    }

    /** Every movement belongs to exactly one row of ours, and no reference moved money twice. */
    private void references() {
        var ours = new HashMap<String, String>();
        charges.values().forEach(row -> ours.put(row.text("reference"), "payment"));
        operations.forEach(row -> ours.put(row.text("reference"), row.text("kind")));
        refunds.values().forEach(row -> ours.put(row.text("reference"), "refund"));
        payouts.values().forEach(row -> ours.put(row.text("reference"), "payout"));
        for (Movement movement : ledger) {
            check(byReference.put(movement.reference(), movement) == null, "moved twice: " + movement);
            String kind = ours.getOrDefault(movement.reference(), "nothing");
            boolean fits = switch (kind) {
                case "payment" -> PAYMENTS.contains(movement.kind());
                case "reverse" -> movement.kind().equals("void") || movement.kind().equals("refund");
                default -> kind.equals(movement.kind());
            };
            check(fits, "the provider knows " + movement + ", we know " + kind + " by that reference");
        }
    }

    private void charge(Row charge) {
        Movement movement = byReference.get(charge.text("reference"));
        check(ACCEPTED.contains(charge.text("state")) == (movement != null), "charge " + charge + " against " + movement);
        if (movement == null) {
            return;
        }
        String id = charge.text("provider_id");
        check(movement.id().equals(id) && movement.amount() == charge.number("amount"), "charge " + charge + " against " + movement);
        if (charge.text("state").equals("captured")) {
            long taken = movement.kind().equals("sale") ? movement.amount() : sum("capture", id);
            check(charge.number("amount_captured") == taken, "captured " + taken + ": " + charge);
            check(charge.number("amount_refunded") == sum("refund", id) && charge.number("amount_refunding") == 0,
                    "refunded " + sum("refund", id) + ": " + charge);
        } else {
            check(movement.kind().equals("authorization") || charge.text("state").startsWith("revers"), "not captured: " + charge + " against " + movement);
            check((charge.text("state").equals("voided")) == (ledger.stream().anyMatch(it -> it.kind().equals("void") && it.parent().equals(id)))
                    || charge.text("state").startsWith("revers"), "voided or not: " + charge);
        }
    }

    private void operation(Row operation) {
        agrees("succeeded", operation);
    }

    private void refund(Row refund) {
        agrees("succeeded", refund);
        check(count(refund.text("id"), "refund.created") == 1, "events of refund " + refund);
    }

    private void payout(Row payout) {
        agrees("paid", payout);
        Movement movement = byReference.get(payout.text("reference"));
        check(movement == null || movement.id().equals(payout.text("provider_id")), payout + " against " + movement);
        String id = payout.text("id");
        check(count(id, "payout.created") == 1 && count(id, "payout.paid") + count(id, "payout.failed") == 1, "events of payout " + payout);
        check(count(id, "payout." + payout.text("state")) == 1, "events of payout " + payout);
    }

    private void agrees(String done, Row row) {
        Movement movement = byReference.get(row.text("reference"));
        check(row.text("state").equals(done) == (movement != null), row + " against " + movement);
        // A void tells no amount of its own, so its movement has that of the authorization.
        check(movement == null || movement.amount() == row.number("amount"), row + " against " + movement);
    }

    private void intent(Row intent) {
        String id = intent.text("id");
        String status = intent.text("status");
        List<Row> own = charges.values().stream().filter(row -> row.text("payment_intent_id").equals(id)).toList();
        List<Row> accepted = own.stream().filter(row -> ACCEPTED.contains(row.text("state")) && !row.text("state").startsWith("revers")).toList();
        check(accepted.size() <= 1, "more than one accepted charge: " + intent + " " + own);
        String state = accepted.isEmpty() ? "none" : accepted.getFirst().text("state");
        boolean fits = switch (status) {
            case "succeeded" -> state.equals("captured") && accepted.getFirst().number("amount_captured") == intent.number("amount_received");
            case "requires_capture" -> state.equals("authorized") && intent.number("amount_capturable") == intent.number("amount");
            case "canceled" -> state.equals("voided");
            case "requires_action" -> own.stream().anyMatch(row -> row.text("state").equals("requires_action"));
            case "requires_payment_method" -> own.stream().allMatch(row -> row.text("state").equals("failed"));
            default -> false;
        };
        check(fits, "intent " + intent + " with " + own);
        check(count(id, "payment_intent.created") == 1, "created events of " + intent);
        check(count(id, "payment_intent.succeeded") == (status.equals("succeeded") ? 1 : 0), "success events of " + intent);
        check(count(id, "payment_intent.canceled") == (status.equals("canceled") ? 1 : 0), "cancel events of " + intent);
    }

    /** One call made one intent. */
    private void onceEach() {
        intents.values().stream().filter(row -> !row.text("call").isEmpty())
                .collect(Collectors.groupingBy(row -> row.text("call"))).values().stream()
                .filter(same -> same.size() > 1)
                .forEach(same -> check(false, "one call, several intents: " + same));
        var told = new HashMap<String, Call>();
        for (Call call : calls) {
            call.told().filter(answer -> answer.status() == 200 && Set.of("/v1/payment_intents", "/v1/refunds", "/v1/payouts").contains(call.path()))
                    .map(answer -> answer.member("/id"))
                    .ifPresent(id -> check(told.put(id, call) == null, "told twice: " + call));
        }
    }

    private void told(Call call) {
        if (call.told().isEmpty()) {
            check(false, "never answered: " + call);
            return;
        }
        Http.Answer answer = call.told().get();
        JsonNode body = answer.json();
        switch (answer.status()) {
            case 200 -> {
                Map<String, Row> kind = switch (body.path("object").asString()) {
                    case "refund" -> refunds;
                    case "payout" -> payouts;
                    default -> intents;
                };
                Row stored = kind.get(body.path("id").asString());
                check(stored != null && consistent(body, stored), "told and stored: " + call + " " + stored);
            }
            case 402, 503 -> refusedByProvider(call, body.path("error"));
            default -> check(false, "refused: " + call);
        }
    }

    /** A payment that was told to have failed has failed; a capture, a void or a refund may have been tried again since. */
    private void refusedByProvider(Call call, JsonNode error) {
        Row intent = intents.get(error.path("payment_intent").path("id").asString());
        Row refund = refunds.get(error.path("refund").path("id").asString());
        boolean payment = call.path().equals("/v1/payment_intents");
        check(intent != null || refund != null, "refused about nothing: " + call);
        check(!payment || intent == null || intent.text("status").equals("requires_payment_method"), "told to have failed: " + call + " " + intent);
        check(refund == null || refund.text("state").equals("failed"), "told to have failed: " + call + " " + refund);
    }

    /** Whether what was told can have become what is stored: terminal states stay. */
    private static boolean consistent(JsonNode told, Row stored) {
        if (!told.path("object").asString().equals("payment_intent")) {
            String status = told.path("status").asString();
            return status.equals("pending") || status.equals(stored.text("state"));
        }
        String now = stored.text("status");
        return switch (told.path("status").asString()) {
            case "succeeded" -> now.equals("succeeded") && told.path("amount_received").asLong() == stored.number("amount_received");
            case "canceled" -> now.equals("canceled");
            case "requires_capture" -> Set.of("requires_capture", "succeeded", "canceled").contains(now);
            default -> true;
        };
    }

    private long sum(String kind, String parent) {
        return ledger.stream().filter(it -> it.kind().equals(kind) && it.parent().equals(parent)).mapToLong(Movement::amount).sum();
    }

    private long count(String object, String type) {
        return events.getOrDefault(object + " " + type, 0L);
    }

    private void check(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }

    private static Map<String, Row> byId(List<Row> rows) {
        return rows.stream().collect(Collectors.toMap(row -> row.text("id"), Function.identity()));
    }
}
