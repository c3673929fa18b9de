package dev.bezant.server;

import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.connector.cardinity.CardinityConnector;
import dev.bezant.server.connector.corefy.CorefyConnector;
import dev.bezant.server.connector.worldlineacquiring.WorldlineAcquiringConnector;
import dev.bezant.server.connector.worldlinedirect.WorldlineDirectConnector;
import java.time.Duration;
import java.util.List;

/** The providers of this release: a line each. */
final class Providers {
    private Providers() {}

    /** @param timeout how long a provider's answer is waited for */
    static List<ConnectorFactory> all(Duration timeout) {
        return List.of(
                CardinityConnector.factory(timeout),
                WorldlineDirectConnector.factory(timeout),
                WorldlineAcquiringConnector.factory(timeout),
                CorefyConnector.factory(timeout));
    }
}
