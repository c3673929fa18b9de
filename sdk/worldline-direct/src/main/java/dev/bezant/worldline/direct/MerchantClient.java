package dev.bezant.worldline.direct;

/**
 * The calls for one account. Costs nothing to make; safe for many threads. Each call has a form with a {@code CallContext}, for an idempotence key
 * and time limits, and one whose name ends in {@code Async}. Every call can throw what {@code dev.bezant.sdk.error} holds; after an exception
 * whose {@code mayHaveTakenEffect()} is true, look with {@code payments().getPayment(...)}, or repeat with the same idempotence key.
 */
public final class MerchantClient {
    private final Gateway gateway;

    MerchantClient(Gateway gateway) {
        this.gateway = gateway;
    }

    public HostedCheckoutClient hostedCheckout() {
        return new HostedCheckoutClient(gateway);
    }

    public HostedTokenizationClient hostedTokenization() {
        return new HostedTokenizationClient(gateway);
    }

    public HostedFieldsClient hostedFields() {
        return new HostedFieldsClient(gateway);
    }

    public PaymentsClient payments() {
        return new PaymentsClient(gateway);
    }

    public CompleteClient complete() {
        return new CompleteClient(gateway);
    }

    public SubsequentClient subsequent() {
        return new SubsequentClient(gateway);
    }

    public PreAuthorizationClient preAuthorization() {
        return new PreAuthorizationClient(gateway);
    }

    public CapturesClient captures() {
        return new CapturesClient(gateway);
    }

    public RefundsClient refunds() {
        return new RefundsClient(gateway);
    }

    public PayoutsClient payouts() {
        return new PayoutsClient(gateway);
    }

    public ProductsClient products() {
        return new ProductsClient(gateway);
    }

    public ProductGroupsClient productGroups() {
        return new ProductGroupsClient(gateway);
    }

    public SessionsClient sessions() {
        return new SessionsClient(gateway);
    }

    public TokensClient tokens() {
        return new TokensClient(gateway);
    }

    public CofSeriesClient cofSeries() {
        return new CofSeriesClient(gateway);
    }

    public TokenizationClient tokenization() {
        return new TokenizationClient(gateway);
    }

    public ServicesClient services() {
        return new ServicesClient(gateway);
    }

    public PrivacyPolicyClient privacyPolicy() {
        return new PrivacyPolicyClient(gateway);
    }

    public MandatesClient mandates() {
        return new MandatesClient(gateway);
    }

    public PaymentLinksClient paymentLinks() {
        return new PaymentLinksClient(gateway);
    }

    public WebhooksClient webhooks() {
        return new WebhooksClient(gateway);
    }

    public MerchantBatchClient merchantBatch() {
        return new MerchantBatchClient(gateway);
    }
}
