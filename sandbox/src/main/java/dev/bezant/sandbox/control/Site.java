package dev.bezant.sandbox.control;

import dev.bezant.sandbox.http.HttpServer;
import dev.bezant.sandbox.provider.Provider;

/** A provider and the port it answers on. */
public record Site(Provider provider, HttpServer server) {}
