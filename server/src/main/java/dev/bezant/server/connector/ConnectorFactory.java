package dev.bezant.server.connector;

/** Makes connectors for the accounts of one provider. Registered in one line of the server's wiring. */
public interface ConnectorFactory {
    /** The provider's name in the API and the database, such as {@code cardinity}. */
    String provider();

    /**
     * @param journal hears of every call
     * @throws IllegalArgumentException if settings or credentials are wrong; the message names every mistake and no secret
     */
    Connector open(ProviderAccount account, ProviderJournal.Line journal);
}
