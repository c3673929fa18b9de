package dev.bezant.server.payment;

import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.kernel.Outcome;
import java.util.function.Supplier;

/**
 * Stands between a payment and its provider: paces calls so that what becomes unknown stays provable.
 *
 * <p>Implemented by settling, which knows what is unknown.
 */
@FunctionalInterface
public interface Sender {
    /** Makes the call, perhaps after waiting; {@link Outcome.NotSent} if it could not be made in time. */
    Outcome send(ProviderAccount account, String reference, Supplier<Outcome> call);

    /** Without pacing. */
    Sender DIRECT = (account, reference, call) -> call.get();
}
