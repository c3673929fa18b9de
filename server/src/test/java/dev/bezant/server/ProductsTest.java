package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Worldline Direct lets an account's customers pay with. */
class ProductsTest {
    private final PaymentWorld world = PaymentWorld.setup().providers("worldline-direct").withoutSettling().start();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void the_provider_is_asked_what_is_offered_to_a_country_in_a_currency() {
        assertThat(world.get("/v1/payment_method_types?country=FR&currency=eur").body().at("/data/0/brands").toString()).contains("maestro", "visa");
        assertThat(world.requestsSeen()).filteredOn(it -> it.path("path").asString().contains("/products")).singleElement()
                .satisfies(it -> assertThat(it.path("path").asString()).contains("countryCode=FR", "currencyCode=EUR"));
    }

    @Test
    void what_it_does_not_tell_is_not_narrowed() {
        assertThat(world.get("/v1/payment_method_types?currency=kwd").body().at("/data/0/brands").toString()).contains("amex", "maestro", "visa");
        world.fault("\"fault\":\"error_before_effect\",\"operation\":\"getPaymentProducts\"");
        assertThat(world.get("/v1/payment_method_types?country=FR&currency=eur").body().at("/data/0/brands").toString()).contains("maestro", "visa");
    }
}
