package dev.bezant.worldline.acquiring;

/**
 * The calls for one merchant. Costs nothing to make; safe for many threads. Each call has a form with a {@code CallContext}, for time limits, and one
 * whose name ends in {@code Async}. Every call can throw what {@code dev.bezant.sdk.error} holds.
 */
public final class MerchantClient {
    private final Gateway processing;
    private final Gateway services;

    MerchantClient(Gateway gateway, String acquirerId, String merchantId) {
        this.processing = gateway.at("processing", "v1", acquirerId, merchantId);
        this.services = gateway.at("services", "v1", acquirerId, merchantId);
    }

    public PaymentsClient payments() {
        return new PaymentsClient(processing);
    }

    public RefundsClient refunds() {
        return new RefundsClient(processing);
    }

    public AccountVerificationsClient accountVerifications() {
        return new AccountVerificationsClient(processing);
    }

    public BalanceInquiriesClient balanceInquiries() {
        return new BalanceInquiriesClient(processing);
    }

    public TechnicalReversalsClient technicalReversals() {
        return new TechnicalReversalsClient(processing);
    }

    public DynamicCurrencyConversionClient dynamicCurrencyConversion() {
        return new DynamicCurrencyConversionClient(services);
    }
}
