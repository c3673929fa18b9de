package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What tests of a connector have in common. Those of an ability are an interface each, which the suites of the providers with the ability take on. */
interface ProviderTests {
    /**
     * What differs.
     *
     * @param name as the API has it
     * @param secret which of its credentials proves who asks
     * @param operations the simulator's names of our operations: pay, capture, void, refund; page, where a payment without a card is begun otherwise
     * @param lost what becomes of a payment whose answer is lost
     * @param decimalsMax of amounts that can be told to it
     */
    record Profile(String name, String secret, Map<String, String> operations, Lost lost, int decimalsMax) {
        boolean repeats() {
            return lost == Lost.REPEATED;
        }
    }

    /** How settling finds out. */
    enum Lost {
        /** It is looked for, and stands as the provider has it. */
        FOUND,
        /** It is sent again, so that it is carried out after all. */
        REPEATED,
        /** It is undone; captures, releases and refunds are looked for. */
        TAKEN_BACK
    }

    /** Fault to whether the provider does what it was asked for all the same. */
    Map<String, Boolean> LOST = Map.of(
            "\"fault\":\"stall\"", false,
            "\"fault\":\"reset_before_effect\"", false,
            "\"fault\":\"reset_after_effect\"", true,
            "\"fault\":\"error_before_effect\"", false,
            "\"fault\":\"error_after_effect\"", true,
            "\"fault\":\"half_response\"", true,
            "\"fault\":\"garbage\"", true,
            "\"fault\":\"delay_after_effect\",\"delay_ms\":1500", true);

    Profile profile();

    PaymentWorld world();

    PayersBrowser browser();

    /** A world of this provider's in which calls are given up soon. */
    static PaymentWorld.Setup impatient(Profile profile) {
        return PaymentWorld.setup().providers(profile.name()).sendWindow(Duration.ofSeconds(1)).providerTimeout(Duration.ofMillis(800));
    }

    default Answer paid(long amount) {
        Answer paid = world().pay(amount, "pm_card_visa");
        assertThat(paid.text("/status")).as(paid.body().toString()).isEqualTo("succeeded");
        return paid;
    }

    default Answer refund(Answer intent, String body) {
        Answer made = world().post("/v1/refunds", "payment_intent=" + intent.id() + body);
        return made.status() == 200 ? world().awaitRefund(made.id(), "succeeded") : made;
    }

    default List<String> movements(Answer intent) {
        return world().movementsOf(intent);
    }

    default Map<Answer, Boolean> lost(String operation, Supplier<Answer> call) {
        return lost(operation, () -> null, nothing -> call.get());
    }

    /** Prepares and calls under each fault; gives the answers, and whether it happened. */
    default <T> Map<Answer, Boolean> lost(String operation, Supplier<T> prepare, Function<T, Answer> call) {
        var answers = new LinkedHashMap<Answer, Boolean>();
        LOST.forEach((fault, happens) -> {
            T prepared = prepare.get();
            world().fault(fault + ",\"operation\":\"" + profile().operations().get(operation) + "\"");
            Answer answer = call.apply(prepared);
            assertThat(answer.status()).as(fault + " " + answer.body()).isEqualTo(200);
            answers.put(answer, happens);
        });
        return answers;
    }
}
