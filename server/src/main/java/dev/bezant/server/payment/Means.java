package dev.bezant.server.payment;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.RedirectMethod;
import dev.bezant.server.method.NewPaymentMethod;
import dev.bezant.server.method.PaymentMethod;
import dev.bezant.server.method.PaymentMethods;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What a request wants to pay with, or to keep. */
sealed interface Means {
    /** The payment method's id, also where it is not stored yet. */
    String id();

    /** Which method without a card it is; null for a card. */
    @Nullable RedirectMethod redirect();

    /** One that is stored. Of what kind it is, is asked only where it may be none with a card. */
    record Stored(String id, @Nullable RedirectMethod redirect) implements Means {
        /** Taken for a card until the first commit, which stores nothing if it is none. */
        Stored(String id) {
            this(id, null);
        }
    }

    /** One that comes with the request: stored together with what is done with it. */
    record Fresh(PaymentMethods.Draft draft) implements Means {
        @Override
        public String id() {
            return draft.method().id();
        }

        @Override
        public @Nullable RedirectMethod redirect() {
            return draft.method().instrument() instanceof PaymentMethod.Redirect(var method, var details) ? method : null;
        }
    }

    default PaymentMethods.@Nullable Draft draft() {
        return this instanceof Fresh(var draft) ? draft : null;
    }

    /** The parameter that says of what kind it is. */
    default String typeParam() {
        return this instanceof Fresh ? "payment_method_data[type]" : "payment_method";
    }

    /** Reads {@code payment_method} and {@code payment_method_data}. */
    final class Reader {
        private static final int ID_MAX = 255;

        private final PaymentMethods methods;
        private final Clock clock;

        Reader(PaymentMethods methods, Clock clock) {
            this.methods = methods;
            this.clock = clock;
        }

        /**
         * An id, a test card's name, or a card's data.
         *
         * @return null if the request names none
         * @throws ApiException 400 if it names two, 402 for what is wrong with the card, 404 for an unknown test card
         */
        @Nullable Means read(Params params, Caller caller) {
            String id = params.text("payment_method", ID_MAX);
            Params data = params.map("payment_method_data");
            if (id != null && data != null) {
                throw new ApiException(ErrorCode.PARAMETERS_EXCLUSIVE, "payment_method_data", "Send either payment_method or payment_method_data, not both.");
            }
            if (data != null) {
                return new Fresh(methods.draft(caller, NewPaymentMethod.read(data, caller.livemode(), clock.instant())));
            }
            if (id == null) {
                return null;
            }
            return methods.draftFromToken(caller, id, "payment_method").<Means>map(Fresh::new).orElseGet(() -> new Stored(id));
        }

        static boolean named(Params params) {
            return params.has("payment_method") || params.has("payment_method_data");
        }
    }
}
