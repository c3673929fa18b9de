package dev.bezant.corefy;

/** A client of either dialect, for programs that let their settings decide. Switch over the two. */
public sealed interface Corefy extends AutoCloseable permits CorefyClient, CorefyIntentsClient {
    /** Opens the client of the dialect that the settings name. */
    static Corefy of(CorefyConfig config) {
        return config.dialect() == Dialect.INVOICES ? CorefyClient.of(config) : CorefyIntentsClient.of(config);
    }

    Dialect dialect();

    @Override
    void close();
}
