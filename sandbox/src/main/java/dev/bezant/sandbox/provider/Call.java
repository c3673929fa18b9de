package dev.bezant.sandbox.provider;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.world.Account;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to a provider.
 *
 * @param operation null if the path and method are none of the provider's
 * @param account the account whose key the request names, not yet authenticated; null if none is known by it
 * @param authenticationTime what the provider believes the time is when it checks authentication
 */
public record Call(HttpRequest request, @Nullable Operation operation, @Nullable Account account, Instant authenticationTime) {}
