package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an account tells about itself, and with what its customers can pay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccountTest {
    private final PaymentWorld world = PaymentWorld.setup().withoutSettling().providerAccounts(2).start();

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void an_account_tells_about_itself() {
        var account = world.get("/v1/account");
        assertThat(account.id()).isEqualTo("acct_world");
        assertThat(account.text("/object")).isEqualTo("account");
        assertThat(account.text("/type")).isEqualTo("standard");
        assertThat(account.text("/email")).isEqualTo("owner@world.example");
        assertThat(account.text("/country")).isEqualTo("LT");
        assertThat(account.text("/default_currency")).isEqualTo("eur");
        assertThat(account.text("/charges_enabled")).isEqualTo("true");
        assertThat(account.text("/capabilities/card_payments")).isEqualTo("active");
        assertThat(account.text("/details_submitted")).isEqualTo("true");
        assertThat(world.get("/v1/accounts/acct_world").body()).isEqualTo(account.body());
    }

    @Test
    void without_a_provider_nothing_can_be_charged() {
        assertThat(world.send("GET", "/v1/account", null, PaymentWorld.LIVE).text("/charges_enabled")).isEqualTo("false");
        assertThat(world.send("GET", "/v1/payment_method_types", null, PaymentWorld.LIVE).body().path("data")).isEmpty();
    }

    @Test
    void no_other_account_is_shown() {
        for (String id : new String[] {"acct_stranger", "acct_none"}) {
            assertThat(world.get("/v1/accounts/" + id).error()).isEqualTo("404 invalid_request_error resource_missing id");
        }
    }

    @Test
    void what_can_be_paid_with_comes_from_the_provider_accounts() {
        var types = world.get("/v1/payment_method_types");
        assertThat(types.text("/data/0/id")).isEqualTo("card");
        assertThat(types.body().at("/data/0/brands").toString()).contains("visa", "mastercard").doesNotContain("amex");
        assertThat(types.body().at("/data/0/capture_methods")).hasSize(2);
        assertThat(types.text("/data/0/three_d_secure")).isEqualTo("true");
        // Cardinity publishes no list.
        assertThat(types.body().at("/data/0/currencies").isNull()).isTrue();
        assertThat(types.body().at("/data/0/provider_accounts")).hasSize(2);
        assertThat(types.text("/data/0/provider_accounts/0/id")).isEqualTo(world.providerAccount(0));
        assertThat(types.text("/data/0/provider_accounts/0/provider")).isEqualTo("cardinity");
    }

    @ParameterizedTest
    @CsvSource({"currency=eur, 1", "currency=JPY, 1", "currency=kwd, 0", "country=LT, 1", "currency=eur&country=us, 1"})
    void what_cannot_be_told_to_a_provider_is_left_out(String filter, int types) {
        assertThat(world.get("/v1/payment_method_types?" + filter).body().path("data")).hasSize(types);
    }

    @Test
    void a_wrong_filter_is_refused() {
        assertThat(world.get("/v1/payment_method_types?currency=euros").error()).isEqualTo("400 invalid_request_error parameter_invalid currency");
        assertThat(world.get("/v1/payment_method_types?country=Lithuania").error()).isEqualTo("400 invalid_request_error country_code_invalid country");
    }
}
