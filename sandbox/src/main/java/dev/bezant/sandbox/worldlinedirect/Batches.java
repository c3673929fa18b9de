package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.worldlinedirect.Batch.Item;
import dev.bezant.sandbox.worldlinedirect.Batch.Result;
import dev.bezant.sandbox.worldlinedirect.Batch.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes batches and does them when told to. Each item is done and noted at once, so that a second attempt goes on where one ended. */
final class Batches {
    private static final int ITEMS_MAX = 10_000;

    /** The lists of a batch, and what is done with their items. */
    private static final Map<String, String> OPERATIONS = Map.of("createPayments", "createPayment", "createPayouts", "createPayout",
            "createPaymentLinks", "createPaymentLink", "capturePayments", "capturePayment", "cancelPayments", "cancelPayment",
            "refundPayments", "refundPayment", "subsequentPayments", "subsequentPayment");
    /** What the request is under, in the items that name a payment. */
    private static final Map<String, String> ON_PAYMENTS = Map.of("capturePayments", "capture", "cancelPayments", "cancel", "refundPayments",
            "refund", "subsequentPayments", "subsequent");

    /** Does one call of the API. */
    interface Doer {
        Answer doIt(String operation, Account account, @Nullable String paymentId, JsonNode request, Work work);
    }

    private final Store store;
    private final CardReader cards;
    private final Tokens tokens;
    private final Events events;
    private final Doer doer;

    Batches(Store store, CardReader cards, Tokens tokens, Events events, Doer doer) {
        this.store = store;
        this.cards = cards;
        this.tokens = tokens;
        this.events = events;
        this.doer = doer;
    }

    Answer submit(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var header = body.required("header");
        var reference = header.requiredText("merchantBatchReference");
        var type = header.text("operationType");
        var said = header.integer("itemCount");
        var merchant = account.require("merchant_id");
        if (!reference.isEmpty() && store.batches().get(Batch.key(merchant, reference)) != null) {
            header.refuse("merchantBatchReference", "is taken");
        }
        var items = new ArrayList<Item>();
        OPERATIONS.keySet().stream().sorted().forEach(list -> {
            for (var item : body.items(list)) {
                items.add(item(list, item, merchant, work));
            }
        });
        if (items.size() > ITEMS_MAX || (said != null && said != items.size())) {
            header.refuse("itemCount", "there are " + items.size() + " items; at most " + ITEMS_MAX);
        }
        body.refuseIfWrong();
        work.save(new Batch(reference, merchant, type == null ? "" : type, items, Status.STORED, List.of()));
        return Answer.ok(Json.object().put("merchantBatchReference", reference).put("totalCount", items.size()));
    }

    private Item item(String list, Input item, String merchant, Work work) {
        var operation = String.valueOf(OPERATIONS.get(list));
        var field = ON_PAYMENTS.get(list);
        if (field != null) {
            return new Item(operation, item.requiredText("paymentId"), item.object(field).itself());
        }
        var request = (ObjectNode) item.itself().deepCopy();
        hideCard(item, request, "cardPaymentMethodSpecificInput", merchant, work);
        hideCard(item, request, "cardPayoutMethodSpecificInput", merchant, work);
        return new Item(operation, null, request);
    }

    /** The number of a card is not kept for later: a token takes its place. */
    private void hideCard(Input item, ObjectNode request, String name, String merchant, Work work) {
        if (!(request.path(name) instanceof ObjectNode input) || !input.path("card").has("cardNumber")) {
            return;
        }
        var reader = item.object(name);
        var card = cards.read(reader.object("card"), reader.integer("paymentProductId"));
        if (card != null) {
            var token = tokens.make(merchant, card, false);
            work.save(token);
            input.put("token", token.id());
        }
        input.remove("card");
    }

    /** Under the store's lock; commits as it goes. */
    Answer process(Account account, String reference) {
        var batch = require(account, reference);
        if (batch.status() == Status.PROCESSED) {
            throw ProblemException.invalid("merchantBatchReference", "the batch was processed already");
        }
        var results = new ArrayList<>(batch.results());
        for (var item : batch.items().subList(results.size(), batch.items().size())) {
            var work = new Work();
            try {
                var answer = doer.doIt(item.operation(), account, item.paymentId(), item.request(), work);
                results.add(new Result(answer.status(), answer.body() == null ? Json.object() : answer.body()));
            } catch (ProblemException e) {
                work = new Work();
                results.add(new Result(e.status(), ProblemException.body(e.status(), e.errors())));
            }
            work.save(new Batch(batch.reference(), batch.merchantId(), batch.operationType(), batch.items(), Status.STORED, results));
            store.commit(work);
            events.send(work.events());
        }
        var work = new Work();
        var processed = batch.processed(results);
        work.save(processed);
        work.tell(new Events.Event(account.name(), "directbatch.processed", "directBatch", status(processed), List.of()));
        store.commit(work);
        events.send(work.events());
        return Answer.nothing();
    }

    Answer status(Account account, String reference) {
        return Answer.ok(status(require(account, reference)));
    }

    private static ObjectNode status(Batch batch) {
        return Json.object().put("merchantBatchReference", batch.reference()).put("operationType", batch.operationType())
                .put("itemCount", batch.items().size()).put("status", batch.status().name());
    }

    /** The fields of this call are not known (section 1). */
    Answer report(Account account, String reference) {
        var batch = require(account, reference);
        var report = status(batch);
        var payments = report.putArray("payments");
        for (var result : batch.results()) {
            payments.addObject().put("httpStatusCode", result.status()).set("result", result.answer());
        }
        return Answer.ok(report);
    }

    private Batch require(Account account, String reference) {
        var batch = store.batches().get(Batch.key(account.require("merchant_id"), reference));
        if (batch == null) {
            throw ProblemException.unknown("UNKNOWN_MERCHANT_BATCH_REFERENCE", "merchantBatchReference");
        }
        return batch;
    }
}
