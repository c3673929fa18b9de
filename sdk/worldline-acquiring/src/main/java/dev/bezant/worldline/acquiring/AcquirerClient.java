package dev.bezant.worldline.acquiring;

/** An acquirer. Costs nothing to make; safe for many threads. */
public final class AcquirerClient {
    private final Gateway gateway;
    private final String acquirerId;

    AcquirerClient(Gateway gateway, String acquirerId) {
        this.gateway = gateway;
        this.acquirerId = acquirerId;
    }

    /**
     * A merchant of this acquirer.
     *
     * @param merchantId such as 520000214
     */
    public MerchantClient merchant(String merchantId) {
        return new MerchantClient(gateway, acquirerId, merchantId);
    }
}
