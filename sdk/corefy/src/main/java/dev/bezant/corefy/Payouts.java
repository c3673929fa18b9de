package dev.bezant.corefy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.json.MalformedJsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Money out. By default in two steps: {@link #create} moves nothing, {@link #process} sends it, and what became of a step without an answer is read by
 * the payout's id.
 *
 * @see "docs/protocols/corefy.md, section 8"
 */
public final class Payouts {
    private final Gateway gateway;
    private final CorefyConfig config;
    private final Doubt doubt;

    Payouts(Gateway gateway, CorefyConfig config, Doubt doubt) {
        this.gateway = gateway;
        this.config = config;
        this.doubt = doubt;
    }

    public PayoutOutcome create(NewPayout payout) {
        return create(payout, CallContext.none());
    }

    /**
     * Creates a payout. When there is no clear answer it is looked for by its reference, once; nothing is ever sent twice.
     *
     * @throws dev.bezant.sdk.error.InvalidRequestException with every mistake, before anything is sent
     * @throws dev.bezant.sdk.error.SdkException with {@code mayHaveTakenEffect()} if it is not known whether it was created
     */
    public PayoutOutcome create(NewPayout payout, CallContext context) {
        var violations = new Violations();
        payout.validate(violations, config.integerAmounts());
        violations.finish();
        ApiRequest request = ApiRequest.post("/payout-invoices", payout.json(config.testMode(), config.integerAmounts()), context);
        return doubt.createOnce(payout.referenceId(),
                () -> gateway.call(request, json -> {
                    PayoutInvoice created = PayoutInvoice.of(Resource.of(json));
                    if (!payout.isAnsweredBy(created, config.testMode())) {
                        throw new MalformedJsonException("the payout is not the one asked for", null);
                    }
                    return PayoutOutcome.of(created);
                }),
                () -> find(payout.referenceId(), context).map(PayoutOutcome::of),
                found -> payout.isAnsweredBy(found.payout(), config.testMode()));
    }

    public CompletableFuture<PayoutOutcome> createAsync(NewPayout payout, CallContext context) {
        return gateway.async(() -> create(payout, context));
    }

    public PayoutOutcome process(String id) {
        return process(id, CallContext.none());
    }

    /**
     * Sends the money of a payout that waits. Never sent twice; after an exception whose {@code mayHaveTakenEffect()} is true, {@link #get} it: as long
     * as it is {@code created}, nothing was sent.
     */
    public PayoutOutcome process(String id, CallContext context) {
        return gateway.call(ApiRequest.post(Paths.of("payout-invoices", id, "process"), null, context),
                json -> PayoutOutcome.of(PayoutInvoice.of(Resource.of(json).withId(id))));
    }

    public CompletableFuture<PayoutOutcome> processAsync(String id, CallContext context) {
        return gateway.async(() -> process(id, context));
    }

    public PayoutInvoice get(String id) {
        return get(id, CallContext.none());
    }

    public PayoutInvoice get(String id, CallContext context) {
        return gateway.call(ApiRequest.get(Paths.of("payout-invoices", id), context), json -> PayoutInvoice.of(Resource.of(json).withId(id)));
    }

    public CompletableFuture<PayoutInvoice> getAsync(String id, CallContext context) {
        return gateway.async(() -> get(id, context));
    }

    public Optional<PayoutInvoice> find(String referenceId) {
        return find(referenceId, CallContext.none());
    }

    /**
     * Asks for the payout of a reference in the way that invoices are asked for. That it works for payouts is not documented; empty proves nothing.
     *
     * @throws dev.bezant.sdk.error.CommunicationException also when there are several, or the answer holds another reference
     */
    public Optional<PayoutInvoice> find(String referenceId, CallContext context) {
        return gateway.call(ApiRequest.get("/payout-invoices", Map.of("filter[reference_id]", referenceId), context), json -> {
            List<PayoutInvoice> found = Resource.list(json, PayoutInvoice::of);
            if (found.size() > 1 || found.stream().anyMatch(one -> !referenceId.equals(one.referenceId()))) {
                throw new MalformedJsonException("the list is not the one payout of the reference", null);
            }
            return found.stream().findFirst();
        });
    }

    public CompletableFuture<Optional<PayoutInvoice>> findAsync(String referenceId, CallContext context) {
        return gateway.async(() -> find(referenceId, context));
    }
}
