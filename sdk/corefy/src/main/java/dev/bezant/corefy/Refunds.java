package dev.bezant.corefy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.json.MalformedJsonException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Refunds of one payment invoice, whole or in parts until nothing is left.
 *
 * @see "docs/protocols/corefy.md, section 7"
 */
public final class Refunds {
    private final Gateway gateway;
    private final CorefyConfig config;
    private final Doubt doubt;
    private final String invoiceId;

    Refunds(Gateway gateway, CorefyConfig config, Doubt doubt, String invoiceId) {
        this.gateway = gateway;
        this.config = config;
        this.doubt = doubt;
        this.invoiceId = invoiceId;
    }

    public RefundOutcome create(NewRefund refund) {
        return create(refund, CallContext.none());
    }

    /**
     * Gives money back. When there is no clear answer the invoice's refunds are read, once; a refund of this reference and amount that is found there
     * is the answer. Nothing is ever sent twice.
     *
     * @throws dev.bezant.sdk.error.SdkException with {@code mayHaveTakenEffect()} if it is still not known: {@link #find} later
     */
    public RefundOutcome create(NewRefund refund, CallContext context) {
        var violations = new Violations();
        refund.validate(violations, config.integerAmounts());
        violations.finish();
        ApiRequest request =
                ApiRequest.post(Paths.of("payment-invoices", invoiceId, "refund"), refund.json(invoiceId, config.integerAmounts()), context);
        return doubt.createOnce(refund.referenceId(),
                () -> gateway.call(request, json -> outcome(refund, json)),
                () -> find(refund.referenceId(), context) instanceof RefundLookup.Found found
                        ? Optional.of(RefundOutcome.of(found.refund())) : Optional.empty(),
                found -> isAskedFor(found.refund(), refund));
    }

    public CompletableFuture<RefundOutcome> createAsync(NewRefund refund, CallContext context) {
        return gateway.async(() -> create(refund, context));
    }

    public RefundLookup find(String referenceId) {
        return find(referenceId, CallContext.none());
    }

    /** Reads the invoice and looks for a refund's reference; Corefy has no other way to ask. */
    public RefundLookup find(String referenceId, CallContext context) {
        PaymentInvoice invoice = gateway.call(ApiRequest.get(Paths.of("payment-invoices", invoiceId), context),
                json -> PaymentInvoice.of(Resource.of(json).withId(invoiceId)));
        if (invoice.refunds() == null) {
            return new RefundLookup.NotTold();
        }
        return invoice.refund(referenceId).<RefundLookup>map(RefundLookup.Found::new).orElseGet(RefundLookup.Absent::new);
    }

    public CompletableFuture<RefundLookup> findAsync(String referenceId, CallContext context) {
        return gateway.async(() -> find(referenceId, context));
    }

    /** Newer accounts answer with the refund, older ones with the invoice. */
    private RefundOutcome outcome(NewRefund asked, JsonNode json) {
        Resource resource = Resource.of(json);
        if (resource.type().startsWith("payment-invoice")) {
            return ofInvoice(asked, PaymentInvoice.of(resource.withId(invoiceId)));
        }
        Refund refund = Refund.of(resource.expecting("refund"));
        if (!asked.referenceId().equals(refund.referenceId()) || !isAskedFor(refund, asked)) {
            throw new MalformedJsonException("the refund is not the one asked for", null);
        }
        return RefundOutcome.of(refund);
    }

    /** The refund's own entry where it is listed, else what the invoice's status says. */
    private static RefundOutcome ofInvoice(NewRefund asked, PaymentInvoice invoice) {
        return invoice.refund(asked.referenceId()).map(RefundOutcome::of).orElseGet(() -> {
            var refund = new Refund(null, invoice.rawStatus(), asked.referenceId(), invoice.id(), asked.description(), asked.amount(), null,
                    invoice.currency(), null, Map.of());
            return switch (invoice.status()) {
                case REFUNDED, PARTIALLY_REFUNDED -> new RefundOutcome.Succeeded(refund);
                case REFUND_FAILED -> new RefundOutcome.Failed(refund);
                case CREATED, PROCESSING, PROCESS_PENDING, PROCESS_ERROR, PROCESSED, PARTIALLY_PROCESSED, PROCESS_FAILED, EXPIRED, TERMINATED,
                        REFUNDING, REFUND_PENDING, REFUND_ERROR, CHARGED_BACK, PARTIALLY_CHARGED_BACK, UNRECOGNIZED -> new RefundOutcome.Pending(refund);
            };
        });
    }

    private static boolean isAskedFor(Refund refund, NewRefund asked) {
        return refund.amount() == null || refund.amount().compareTo(asked.amount()) == 0;
    }
}
