package dev.bezant.corefy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the account's public key opens: which services there are, and reading invoices by id.
 *
 * @see "docs/protocols/corefy.md, section 2"
 */
public final class PublicApi {
    private final Gateway gateway;
    private final CorefyConfig config;

    PublicApi(Gateway gateway, CorefyConfig config) {
        this.gateway = gateway;
        this.config = config;
    }

    public OfferedServices paymentServices(String currency, @Nullable BigDecimal amount) {
        return paymentServices(currency, amount, CallContext.none());
    }

    /**
     * By which services a payment can be made.
     *
     * @param amount leaves out the services that do not take it; null for all
     * @throws ConfigurationException without a public key
     */
    public OfferedServices paymentServices(String currency, @Nullable BigDecimal amount, CallContext context) {
        return prerequest("/payment-prerequest", currency, amount, context);
    }

    public CompletableFuture<OfferedServices> paymentServicesAsync(String currency, @Nullable BigDecimal amount, CallContext context) {
        return gateway.async(() -> paymentServices(currency, amount, context));
    }

    public OfferedServices payoutServices(String currency, @Nullable BigDecimal amount) {
        return payoutServices(currency, amount, CallContext.none());
    }

    public OfferedServices payoutServices(String currency, @Nullable BigDecimal amount, CallContext context) {
        return prerequest("/payout-prerequest", currency, amount, context);
    }

    public CompletableFuture<OfferedServices> payoutServicesAsync(String currency, @Nullable BigDecimal amount, CallContext context) {
        return gateway.async(() -> payoutServices(currency, amount, context));
    }

    /** An invoice as its payer may see it. */
    public PaymentInvoice paymentInvoice(String id, CallContext context) {
        return gateway.call(ApiRequest.get(Paths.of("payment-invoices", id), publicKey(), context),
                json -> PaymentInvoice.of(Resource.of(json).withId(id)));
    }

    public CompletableFuture<PaymentInvoice> paymentInvoiceAsync(String id, CallContext context) {
        return gateway.async(() -> paymentInvoice(id, context));
    }

    public PayoutInvoice payoutInvoice(String id, CallContext context) {
        return gateway.call(ApiRequest.get(Paths.of("payout-invoices", id), publicKey(), context),
                json -> PayoutInvoice.of(Resource.of(json).withId(id)));
    }

    public CompletableFuture<PayoutInvoice> payoutInvoiceAsync(String id, CallContext context) {
        return gateway.async(() -> payoutInvoice(id, context));
    }

    private OfferedServices prerequest(String path, String currency, @Nullable BigDecimal amount, CallContext context) {
        var violations = new Violations();
        violations.currency(currency);
        if (amount != null) {
            violations.amount(amount, config.integerAmounts());
        }
        violations.finish();
        var body = new LinkedHashMap<String, Object>(publicKey());
        body.put("currency", currency);
        Json.put(body, "amount", amount == null ? null : Amounts.written(amount, config.integerAmounts()));
        return gateway.call(ApiRequest.post(path, body, context), OfferedServices::of);
    }

    private Map<String, String> publicKey() {
        return Map.of("public_key", config.publicKey().orElseThrow(
                () -> new ConfigurationException(List.of("corefy.publicKey is not set: the public API asks for it"))));
    }
}
