package dev.bezant.client;

import dev.bezant.sdk.json.JsonFields;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a confirmation. Exactly one of these; only {@link Succeeded} means that it is paid. */
public sealed interface Confirmation {
    PaymentIntent intent();

    /** It is paid. */
    record Succeeded(PaymentIntent intent) implements Confirmation {}

    /** The payer must go there. */
    record ActionRequired(PaymentIntent intent, URI redirect) implements Confirmation {}

    /** It may be paid, or is being worked on: ask for its status, and do not pay again. */
    record Processing(PaymentIntent intent) implements Confirmation {}

    /** The card was declined; another may be tried. */
    record Declined(PaymentIntent intent, @Nullable String declineCode, String message) implements Confirmation {}

    /** No provider could be asked, so nothing was paid; it may be tried again. */
    record NotAttempted(PaymentIntent intent, String errorCode, String message) implements Confirmation {}

    /** Empty if the answer is an error that is about no payment. */
    static Optional<Confirmation> of(int status, JsonFields answer) {
        Optional<PaymentIntent> found = answer.object("data").filter(data -> data.has("amount_received")).map(PaymentIntent::of);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        PaymentIntent intent = found.get();
        String message = String.valueOf(answer.text("message"));
        return switch (status) {
            case 402 -> Optional.of(new Declined(intent, answer.text("decline_code"), message));
            case 502 -> Optional.of(new NotAttempted(intent, String.valueOf(answer.text("error_code")), message));
            case 504 -> Optional.of(new Processing(intent));
            default -> status < 300 ? Optional.of(success(intent)) : Optional.empty();
        };
    }

    private static Confirmation success(PaymentIntent intent) {
        if (intent.status().equals("succeeded")) {
            return new Succeeded(intent);
        }
        return intent.redirect() != null ? new ActionRequired(intent, intent.redirect()) : new Processing(intent);
    }
}
