package dev.bezant.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.testing.SettableClock;
import dev.bezant.server.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final TestDatabase db = TestDatabase.create();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final Ids ids = new Ids(clock);
    private final Accounts accounts = new Accounts(db.database(), ids);
    private final ApiKeys keys = new ApiKeys(db.database(), ids, clock);
    private final Account account = accounts.create("Shop", Limits.DEFAULT);

    @AfterAll
    static void close() {
        db.close();
    }

    @Test
    void a_key_tells_its_account_mode_kind_and_limits() {
        ApiKey.Fresh fresh = keys.create(account.id(), KeyKind.PUBLISHABLE, Mode.LIVE);
        Caller caller = keys.authenticate(fresh.text());
        assertThat(caller.accountId()).isEqualTo(account.id());
        assertThat(caller.mode()).isEqualTo(Mode.LIVE);
        assertThat(caller.kind()).isEqualTo(KeyKind.PUBLISHABLE);
        assertThat(caller.limitRequests()).isEqualTo(1000);
        assertThat(caller.limitPayments()).isEqualTo(100);
    }

    @Test
    void a_key_is_random_base62_behind_its_prefix_and_is_stored_only_as_a_hash() {
        ApiKey.Fresh fresh = keys.create(account.id(), KeyKind.SECRET, Mode.TEST);
        assertThat(fresh.text().reveal()).matches("sk_test_[0-9A-Za-z]{24,}");
        assertThat(fresh.key().prefix()).matches("sk_test_\\.\\.\\.[0-9A-Za-z]{4}");
        String row = db.database().sql("select k::text as row from api_key k where id = :id").bind("id", fresh.key().id())
                .one(it -> it.text("row")).orElseThrow();
        assertThat(row).doesNotContain(fresh.text().reveal().substring("sk_test_".length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk_", "rk_test_x", "SK_test_x", " sk_test_x", "test_live_x", "sk_prod_x", "bearer"})
    void another_prefix_is_told_to_be_a_wrong_format(String text) {
        assertThat(refusal(Secret.of(text))).satisfies(e -> {
            assertThat(e.status()).isEqualTo(401);
            assertThat(e.code()).isEqualTo("invalid_api_key");
            assertThat(e).hasMessageStartingWith("Invalid API key format");
        });
    }

    @Test
    void a_random_part_that_contains_live_does_not_make_a_key_live() {
        assertThat(refusal(Secret.of("sk_test_sk_live_0123456789abcdefghijklmn"))).hasMessageStartingWith("Invalid API key:");
    }

    @Test
    void an_unknown_key_is_refused_without_being_repeated() {
        Secret guess = KeyFormat.next(ids, KeyKind.SECRET, Mode.TEST);
        ApiException refusal = refusal(guess);
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.getMessage()).startsWith("Invalid API key").doesNotContain(guess.reveal());
    }

    @Test
    void a_revoked_key_stops_at_once() {
        ApiKey.Fresh fresh = keys.create(account.id(), KeyKind.SECRET, Mode.TEST);
        keys.authenticate(fresh.text());
        keys.revoke(fresh.key().id());
        assertThat(refusal(fresh.text())).hasMessageContaining("was revoked").extracting(ApiException::status).isEqualTo(401);
    }

    @Test
    void a_rolled_key_works_until_the_overlap_ends_and_no_longer() {
        ApiKey.Fresh old = keys.create(account.id(), KeyKind.SECRET, Mode.TEST);
        ApiKey.Fresh successor = keys.roll(old.key().id(), Duration.ofHours(1));
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(keys.authenticate(old.text()).keyId()).isEqualTo(old.key().id());
        clock.advance(Duration.ofMillis(1));
        assertThat(refusal(old.text()).code()).isEqualTo("api_key_expired");
        assertThat(keys.authenticate(successor.text()).keyId()).isEqualTo(successor.key().id());
        assertThat(successor.key().kind()).isEqualTo(KeyKind.SECRET);
    }

    @Test
    void rolling_again_never_lengthens_the_life_of_the_old_key() {
        ApiKey.Fresh old = keys.create(account.id(), KeyKind.SECRET, Mode.TEST);
        keys.roll(old.key().id(), Duration.ofMinutes(1));
        keys.roll(old.key().id(), Duration.ofDays(1));
        assertThat(keys.find(old.key().id()).expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
    }

    @Test
    void a_revoked_key_cannot_be_rolled_and_nothing_is_made() {
        ApiKey.Fresh fresh = keys.create(account.id(), KeyKind.SECRET, Mode.TEST);
        keys.revoke(fresh.key().id());
        int before = keys.list(account.id()).size();
        assertThatThrownBy(() -> keys.roll(fresh.key().id(), Duration.ZERO)).isInstanceOf(AccountException.class);
        assertThat(keys.list(account.id())).hasSize(before);
    }

    @Test
    void keys_of_a_suspended_account_are_answered_403() {
        ApiKey.Fresh fresh = keys.create(account.id(), KeyKind.SECRET, Mode.TEST);
        accounts.changeStatus(account.id(), Account.Status.SUSPENDED);
        ApiException refusal = refusal(fresh.text());
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.code()).isEqualTo("account_invalid");
        assertThat(refusal).hasMessageStartingWith("Account suspended");
    }

    @Test
    void a_warm_key_costs_no_round_trip() {
        ApiKey.Fresh fresh = keys.create(account.id(), KeyKind.SECRET, Mode.TEST);
        keys.authenticate(fresh.text());
        long before = db.database().statementsSent();
        keys.authenticate(fresh.text());
        assertThat(db.database().statementsSent()).isEqualTo(before);
    }

    @Test
    void guessing_the_same_key_again_costs_no_round_trip() {
        Secret guess = KeyFormat.next(ids, KeyKind.SECRET, Mode.TEST);
        refusal(guess);
        long before = db.database().statementsSent();
        refusal(guess);
        assertThat(db.database().statementsSent()).isEqualTo(before);
    }

    @Test
    void a_key_for_no_account_is_not_made() {
        assertThatThrownBy(() -> keys.create("acct_none", KeyKind.SECRET, Mode.TEST))
                .isInstanceOf(AccountException.class).hasMessageContaining("acct_none");
    }

    private ApiException refusal(Secret key) {
        return catchThrowableOfType(ApiException.class, () -> keys.authenticate(key));
    }
}
