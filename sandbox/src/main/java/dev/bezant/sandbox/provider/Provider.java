package dev.bezant.sandbox.provider;

import dev.bezant.sandbox.http.HttpReply;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.world.Account;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One simulated payment provider. Implementations are thread-safe and register their state with the world when constructed. */
public interface Provider {
    /** As in URLs and the control API, such as {@code cardinity}. */
    String name();

    List<Operation> operations();

    /** The account whose key the request names, whether or not it proves to own it. */
    @Nullable Account accountOf(HttpRequest request);

    /**
     * Asked before anything happens, delays of faults included: whether the request must wait for, or give way to, another that is being
     * worked on. What is granted is held until the request has been answered.
     */
    default Claim claim(Call call) {
        return Claim.NOTHING;
    }

    /** Does what the request asks and answers in the provider's own way. */
    HttpReply handle(Call call);

    /** An error answer in the provider's own shape, for faults. */
    byte[] errorBody(int status);

    /**
     * Completes what was given to the full set of credentials of an account.
     *
     * @param before what a revoked account of that name had; null if there was none
     * @throws ControlException if a field is unknown or its value unusable
     */
    Map<String, String> credentials(Map<String, String> given, @Nullable Map<String, String> before);

    /** What the control API tells of an account: its credentials, and with them what depends on where the provider listens now. */
    default Map<String, String> shown(Account account) {
        return account.credentials();
    }

    /** Told once, before the first request. */
    void listeningAt(URI uri);

    /**
     * Raises a chargeback.
     *
     * @param amount minor units, null for the whole captured amount
     * @return the provider's object
     * @throws ControlException if there is no such payment or it cannot be charged back
     */
    ObjectNode chargeback(String providerId, @Nullable Long amount, @Nullable String reason);

    /**
     * Finishes what is pending.
     *
     * @return the provider's object
     * @throws ControlException if there is no such thing or it is not pending
     */
    ObjectNode complete(String providerId, boolean approved);

    /** Does what has become due; called after the clock was moved and once a second. */
    void completeDue();
}
