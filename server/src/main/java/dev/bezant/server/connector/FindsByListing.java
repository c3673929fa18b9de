package dev.bezant.server.connector;

import java.util.List;
import java.util.Optional;

/**
 * A provider that cannot be asked for our reference, only for its latest payments.
 *
 * <p>Whoever settles must keep an unbroken chain of listings over the time in question, and payments must be paced so that it holds.
 */
public interface FindsByListing {
    /** The latest payments, newest first; empty if the provider cannot be asked now. */
    Optional<Listing> latest();

    /** How many payments a listing shows at most. */
    int window();

    /** @param complete whether these are all payments there ever were */
    record Listing(List<Connector.Sighting> newestFirst, boolean complete) {}
}
