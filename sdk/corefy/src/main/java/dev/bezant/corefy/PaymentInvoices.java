package dev.bezant.corefy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.json.MalformedJsonException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Payment invoices: create, read, look up by our reference. Every call can throw what {@code dev.bezant.sdk.error} holds; what an invoice means is
 * {@link PaymentOutcome#of}.
 *
 * @see "docs/protocols/corefy.md, sections 2 and 3"
 */
public final class PaymentInvoices {
    /** The longest page that is asked for. */
    public static final int PAGE_SIZE_MAX = 100;

    private final Gateway gateway;
    private final CorefyConfig config;
    private final Doubt doubt;

    PaymentInvoices(Gateway gateway, CorefyConfig config, Doubt doubt) {
        this.gateway = gateway;
        this.config = config;
        this.doubt = doubt;
    }

    public PaymentInvoice create(NewInvoice invoice) {
        return create(invoice, CallContext.none());
    }

    /**
     * Creates an invoice, or finds the one that was created under its reference. When an attempt gets no clear answer, Corefy is asked for the
     * reference, and the same request is sent again if it has none: it refuses a second invoice of one reference, so nothing can happen twice.
     *
     * <p>No money moves yet, unless a saved card is charged at once.
     *
     * @return the invoice as it stands; one that was created earlier may be paid already
     * @throws dev.bezant.sdk.error.InvalidRequestException with every mistake, before anything is sent
     * @throws dev.bezant.sdk.error.IdempotenceException if the reference belongs to an invoice of another amount, currency or mode
     */
    public PaymentInvoice create(NewInvoice invoice, CallContext context) {
        var violations = new Violations();
        invoice.validate(violations, config.integerAmounts());
        violations.finish();
        Map<String, Object> body = invoice.json(config.testMode(), config.integerAmounts());
        return doubt.createUnique(context, invoice.referenceId(),
                () -> gateway.call(ApiRequest.post("/payment-invoices", body, context), json -> answering(invoice, json)),
                () -> find(invoice.referenceId(), context),
                found -> isAskedFor(found, invoice));
    }

    public CompletableFuture<PaymentInvoice> createAsync(NewInvoice invoice, CallContext context) {
        return gateway.async(() -> create(invoice, context));
    }

    public PaymentInvoice get(String id) {
        return get(id, CallContext.none());
    }

    public PaymentInvoice get(String id, CallContext context) {
        return gateway.call(ApiRequest.get(Paths.of("payment-invoices", id), context), json -> PaymentInvoice.of(Resource.of(json).withId(id)));
    }

    public CompletableFuture<PaymentInvoice> getAsync(String id, CallContext context) {
        return gateway.async(() -> get(id, context));
    }

    public Optional<PaymentInvoice> find(String referenceId) {
        return find(referenceId, CallContext.none());
    }

    /**
     * Asks for the invoice of a reference. Empty says that Corefy has none at this moment; a request that is still on its way can change that.
     *
     * @throws dev.bezant.sdk.error.CommunicationException also when the answer holds another reference, or several invoices of this one
     */
    public Optional<PaymentInvoice> find(String referenceId, CallContext context) {
        return gateway.call(ApiRequest.get("/payment-invoices", Map.of("filter[reference_id]", referenceId), context), json -> {
            List<PaymentInvoice> found = Resource.list(json, PaymentInvoice::of);
            // A server that ignores the filter would otherwise pass somebody else's invoice for ours.
            if (found.size() > 1 || found.stream().anyMatch(one -> !referenceId.equals(one.referenceId()))) {
                throw new MalformedJsonException("the list is not the one invoice of the reference", null);
            }
            return found.stream().findFirst();
        });
    }

    public CompletableFuture<Optional<PaymentInvoice>> findAsync(String referenceId, CallContext context) {
        return gateway.async(() -> find(referenceId, context));
    }

    public List<PaymentInvoice> list(int page, int size) {
        return list(page, size, CallContext.none());
    }

    /**
     * One page of all invoices. In which order they come, and whether every brand pages in this way, is not documented.
     *
     * @param page from 1
     * @param size 1 to 100
     */
    public List<PaymentInvoice> list(int page, int size, CallContext context) {
        var violations = new Violations();
        violations.check(page >= 1, "page[number]", "must be 1 or more, is " + page);
        violations.check(size >= 1 && size <= PAGE_SIZE_MAX, "page[size]", "must be between 1 and " + PAGE_SIZE_MAX + ", is " + size);
        violations.finish();
        var query = new LinkedHashMap<String, String>();
        query.put("page[number]", Integer.toString(page));
        query.put("page[size]", Integer.toString(size));
        return gateway.call(ApiRequest.get("/payment-invoices", query, context), json -> Resource.list(json, PaymentInvoice::of));
    }

    public CompletableFuture<List<PaymentInvoice>> listAsync(int page, int size, CallContext context) {
        return gateway.async(() -> list(page, size, context));
    }

    public PaymentInvoice capture(String id, @Nullable BigDecimal amount) {
        return capture(id, amount, CallContext.none());
    }

    /**
     * Takes money that a {@link NewInvoice.Builder#delayedCharge} holds. How real Corefy wants this is not documented, so it works only where
     * {@code capturePath} is set; nothing is ever repeated.
     *
     * @param amount null for all that is held
     * @throws ConfigurationException without {@code capturePath}
     */
    public PaymentInvoice capture(String id, @Nullable BigDecimal amount, CallContext context) {
        String path = config.capturePath().orElseThrow(() -> notSet("capturePath"));
        var attributes = new LinkedHashMap<String, Object>();
        if (amount != null) {
            var violations = new Violations();
            violations.amount(amount, config.integerAmounts());
            violations.finish();
            attributes.put("amount", Amounts.written(amount, config.integerAmounts()));
        }
        return second(path, id, NewInvoice.ordered("type", "capture", "id", id, "attributes", attributes), context);
    }

    public CompletableFuture<PaymentInvoice> captureAsync(String id, @Nullable BigDecimal amount, CallContext context) {
        return gateway.async(() -> capture(id, amount, context));
    }

    public PaymentInvoice voidHold(String id) {
        return voidHold(id, CallContext.none());
    }

    /**
     * Releases money that a {@link NewInvoice.Builder#delayedCharge} holds; as {@link #capture}.
     *
     * @throws ConfigurationException without {@code voidPath}
     */
    public PaymentInvoice voidHold(String id, CallContext context) {
        String path = config.voidPath().orElseThrow(() -> notSet("voidPath"));
        return second(path, id, NewInvoice.ordered("type", "void", "id", id, "attributes", Map.of()), context);
    }

    public CompletableFuture<PaymentInvoice> voidHoldAsync(String id, CallContext context) {
        return gateway.async(() -> voidHold(id, context));
    }

    private PaymentInvoice second(String template, String id, Map<String, Object> data, CallContext context) {
        String path = template.replace("{id}", Paths.of(id).substring(1));
        return gateway.call(ApiRequest.post(path, Map.of("data", data), context), json -> PaymentInvoice.of(Resource.of(json).withId(id)));
    }

    private PaymentInvoice answering(NewInvoice asked, JsonNode json) {
        PaymentInvoice invoice = PaymentInvoice.of(Resource.of(json));
        if (!asked.referenceId().equals(invoice.referenceId()) || !isAskedFor(invoice, asked)) {
            throw new MalformedJsonException("the invoice is not the one asked for", null);
        }
        return invoice;
    }

    private boolean isAskedFor(PaymentInvoice invoice, NewInvoice asked) {
        return invoice.amount().compareTo(asked.amount()) == 0 && invoice.currency().equals(asked.currency()) && invoice.testMode() == config.testMode();
    }

    private static ConfigurationException notSet(String name) {
        return new ConfigurationException(List.of("corefy." + name + " is not set: how this account captures and releases is not documented"));
    }
}
