package dev.bezant.worldline.acquiring;

/** Version 1 of the API. Costs nothing to make; safe for many threads. */
public final class V1Client {
    private final Gateway gateway;

    V1Client(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * An acquirer.
     *
     * @param acquirerId such as 100812
     */
    public AcquirerClient acquirer(String acquirerId) {
        return new AcquirerClient(gateway, acquirerId);
    }

    public PingClient ping() {
        return new PingClient(gateway.at("services", "v1"));
    }

    public DisputeManagementClient disputeManagement() {
        return new DisputeManagementClient(gateway.at("dispute-management", "v1"));
    }

    public DisputeDocumentsClient disputeDocuments() {
        return new DisputeDocumentsClient(gateway.at("dispute-management", "v1"));
    }

    public DisputeEntriesClient disputeEntries() {
        return new DisputeEntriesClient(gateway.at("dispute-management", "v1"));
    }
}
