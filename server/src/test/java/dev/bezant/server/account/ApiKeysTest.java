package dev.bezant.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Permissions.Level;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.kernel.AddressRange;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.testing.SettableClock;
import dev.bezant.server.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final TestDatabase db = TestDatabase.create();
    private static final Actor ACTOR = new Actor("cli:tester");
    private static final String IP = "127.0.0.1";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final Ids ids = new Ids(clock);
    private final Audit audit = new Audit(ids);
    private final Accounts accounts = new Accounts(db.database(), audit, ids);
    private final ApiKeys keys = new ApiKeys(db.database(), audit, ids, clock);
    private final Account account = accounts.create(ACTOR, "Shop", Limits.DEFAULT);

    @AfterAll
    static void close() {
        db.close();
    }

    @Test
    void a_key_tells_its_account_mode_kind_and_limits() {
        ApiKey.Fresh fresh = create(KeyKind.PUBLISHABLE, Mode.LIVE);
        Caller caller = keys.authenticate(fresh.text(), IP);
        assertThat(caller.accountId()).isEqualTo(account.id());
        assertThat(caller.mode()).isEqualTo(Mode.LIVE);
        assertThat(caller.kind()).isEqualTo(KeyKind.PUBLISHABLE);
        assertThat(caller.limitRequests()).isEqualTo(1000);
        assertThat(caller.limitPayments()).isEqualTo(100);
    }

    @Test
    void a_key_is_random_base62_behind_its_prefix_and_is_stored_only_as_a_hash() {
        ApiKey.Fresh fresh = create(KeyKind.SECRET, Mode.TEST);
        assertThat(fresh.text().reveal()).matches("sk_test_[0-9A-Za-z]{24,}");
        assertThat(fresh.key().prefix()).matches("sk_test_\\.\\.\\.[0-9A-Za-z]{4}");
        String row = db.database().sql("select k::text as row from api_key k where id = :id").bind("id", fresh.key().id())
                .one(it -> it.text("row")).orElseThrow();
        assertThat(row).doesNotContain(fresh.text().reveal().substring("sk_test_".length()));
    }

    private static Secret half(ApiKey.Fresh pair, int which) {
        return Secret.of(pair.text().reveal().split(":", 2)[which]);
    }

    private ApiKey.Fresh pair(String code) {
        return keys.createPair(ACTOR, account.id(), code, Mode.TEST,
                new ApiKey.Terms("shop", Permissions.only(Map.of("integrations", Level.READ)), List.of(AddressRange.parse(IP).orElseThrow()), 7, null), null);
    }

    @Test
    void a_pair_is_one_key_in_two_halves_that_must_be_exactly_each_others() {
        ApiKey.Fresh one = pair("acme");
        ApiKey.Fresh other = pair("acme");
        Caller caller = keys.authenticatePair(half(one, 0), half(one, 1), IP);
        assertThat(caller.keyId()).isEqualTo(one.key().id());
        assertThat(caller.permissions().toString()).isEqualTo("integrations:read");
        assertThat(caller.limitRequests()).isEqualTo(7);
        String publicKey = half(one, 0).reveal();
        for (Secret wrong : List.of(half(other, 0), Secret.of(publicKey.substring(3)), Secret.of(publicKey.substring(0, publicKey.length() - 1)),
                Secret.of(publicKey.toUpperCase(java.util.Locale.ROOT)), create(KeyKind.PUBLISHABLE, Mode.TEST).text())) {
            assertThat(catchThrowableOfType(ApiException.class, () -> keys.authenticatePair(wrong, half(one, 1), IP)).status()).as(wrong.reveal()).isEqualTo(401);
        }
        assertThat(catchThrowableOfType(ApiException.class, () -> keys.authenticatePair(half(one, 0), half(one, 1), "203.0.113.7"))).isNotNull();
        keys.revoke(ACTOR, one.key().id());
        assertThat(catchThrowableOfType(ApiException.class, () -> keys.authenticatePair(half(one, 0), half(one, 1), IP)).code()).isEqualTo("invalid_api_key");
    }

    @Test
    void a_rolled_pair_is_another_pair_and_the_old_one_works_for_the_overlap() {
        ApiKey.Fresh old = pair("acme_2");
        ApiKey.Fresh fresh = keys.roll(ACTOR, old.key().id(), Duration.ofHours(1));
        assertThat(half(fresh, 0).reveal()).startsWith("pk_acme_2_").isNotEqualTo(half(old, 0).reveal());
        assertThat(keys.authenticatePair(half(fresh, 0), half(fresh, 1), IP).keyId()).isEqualTo(fresh.key().id());
        assertThat(keys.authenticatePair(half(old, 0), half(old, 1), IP).keyId()).isEqualTo(old.key().id());
        assertThat(catchThrowableOfType(ApiException.class, () -> keys.authenticatePair(half(old, 0), half(fresh, 1), IP))).isNotNull();
    }

    @Test
    void a_publishable_and_a_secret_key_of_one_account_and_mode_are_a_pair_too() {
        ApiKey.Fresh secret = create(KeyKind.SECRET, Mode.TEST);
        assertThat(keys.authenticatePair(create(KeyKind.PUBLISHABLE, Mode.TEST).text(), secret.text(), IP).keyId()).isEqualTo(secret.key().id());
        for (ApiKey.Fresh wrong : List.of(create(KeyKind.PUBLISHABLE, Mode.LIVE), create(KeyKind.SECRET, Mode.TEST))) {
            assertThat(catchThrowableOfType(ApiException.class, () -> keys.authenticatePair(wrong.text(), secret.text(), IP)).code()).isEqualTo("invalid_api_key");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk_", "rk_prod_x", "SK_test_x", " sk_test_x", "test_live_x", "sk_prod_x", "bearer"})
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
        ApiKey.Fresh fresh = create(KeyKind.SECRET, Mode.TEST);
        keys.authenticate(fresh.text(), IP);
        keys.revoke(ACTOR, fresh.key().id());
        assertThat(refusal(fresh.text())).hasMessageContaining("was revoked").extracting(ApiException::status).isEqualTo(401);
    }

    @Test
    void a_rolled_key_works_until_the_overlap_ends_and_no_longer() {
        ApiKey.Fresh old = create(KeyKind.SECRET, Mode.TEST);
        ApiKey.Fresh successor = keys.roll(ACTOR, old.key().id(), Duration.ofHours(1));
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(keys.authenticate(old.text(), IP).keyId()).isEqualTo(old.key().id());
        clock.advance(Duration.ofMillis(1));
        assertThat(refusal(old.text()).code()).isEqualTo("api_key_expired");
        assertThat(keys.authenticate(successor.text(), IP).keyId()).isEqualTo(successor.key().id());
        assertThat(successor.key().kind()).isEqualTo(KeyKind.SECRET);
    }

    @Test
    void rolling_again_never_lengthens_the_life_of_the_old_key() {
        ApiKey.Fresh old = create(KeyKind.SECRET, Mode.TEST);
        keys.roll(ACTOR, old.key().id(), Duration.ofMinutes(1));
        keys.roll(ACTOR, old.key().id(), Duration.ofDays(1));
        assertThat(keys.find(old.key().id()).expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
    }

    @Test
    void a_revoked_key_cannot_be_rolled_and_nothing_is_made() {
        ApiKey.Fresh fresh = create(KeyKind.SECRET, Mode.TEST);
        keys.revoke(ACTOR, fresh.key().id());
        int before = keys.list(account.id()).size();
        assertThatThrownBy(() -> keys.roll(ACTOR, fresh.key().id(), Duration.ZERO)).isInstanceOf(AccountException.class);
        assertThat(keys.list(account.id())).hasSize(before);
    }

    @Test
    void keys_of_a_suspended_account_are_answered_403() {
        ApiKey.Fresh fresh = create(KeyKind.SECRET, Mode.TEST);
        accounts.changeStatus(ACTOR, account.id(), Account.Status.SUSPENDED);
        ApiException refusal = refusal(fresh.text());
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.code()).isEqualTo("account_invalid");
        assertThat(refusal).hasMessageStartingWith("Account suspended");
    }

    @Test
    void a_warm_key_costs_no_round_trip() {
        ApiKey.Fresh fresh = create(KeyKind.SECRET, Mode.TEST);
        keys.authenticate(fresh.text(), IP);
        long before = db.database().statementsSent();
        keys.authenticate(fresh.text(), IP);
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
        assertThatThrownBy(() -> keys.create(ACTOR, "acct_none", KeyKind.SECRET, Mode.TEST, ApiKey.Terms.USUAL, null))
                .isInstanceOf(AccountException.class).hasMessageContaining("acct_none");
    }

    @Test
    void a_restricted_key_tells_what_it_may_do_and_so_does_its_successor() {
        ApiKey.Fresh fresh = create(KeyKind.RESTRICTED, terms(Map.of("charges", Level.READ, "refunds", Level.WRITE), List.of()));
        assertThat(fresh.text().reveal()).startsWith("rk_test_");
        Permissions may = keys.authenticate(keys.roll(ACTOR, fresh.key().id(), Duration.ZERO).text(), IP).permissions();
        assertThat(may.allow("charges", false)).isTrue();
        assertThat(may.allow("charges", true)).isFalse();
        assertThat(may.allow("refunds", true)).isTrue();
        assertThat(may.allow("refunds", false)).isTrue();
        assertThat(may.allow("customers", false)).isFalse();
    }

    @Test
    void permissions_belong_to_restricted_keys_and_to_them_alone() {
        assertThatThrownBy(() -> create(KeyKind.RESTRICTED, ApiKey.Terms.USUAL)).isInstanceOf(AccountException.class);
        assertThatThrownBy(() -> create(KeyKind.SECRET, terms(Map.of("charges", Level.READ), List.of()))).isInstanceOf(AccountException.class);
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.0/24, 203.0.113.7, true", "203.0.113.0/24, 203.0.114.7, false", "2001:db8::/32, 2001:db8::1, true",
        "2001:db8::/32, 203.0.113.7, false", "198.51.100.7, 198.51.100.7, true", "198.51.100.7, 198.51.100.8, false"})
    void a_key_is_refused_from_other_addresses_than_its_own(String range, String ip, boolean allowed) {
        var terms = new ApiKey.Terms(null, Permissions.ALL, List.of(AddressRange.parse(range).orElseThrow()), null, null);
        Secret text = create(KeyKind.SECRET, terms).text();
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> keys.authenticate(text, ip));
        if (allowed) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.code()).isEqualTo("unauthorized");
            assertThat(refusal).hasMessageContaining(ip);
        }
    }

    @Test
    void a_key_expires_at_its_time_and_cannot_be_made_expired() {
        Instant expiry = clock.instant().plus(Duration.ofDays(1));
        Secret text = keys.create(ACTOR, account.id(), KeyKind.SECRET, Mode.TEST, ApiKey.Terms.USUAL, expiry).text();
        clock.advance(Duration.ofDays(1));
        assertThat(refusal(text).code()).isEqualTo("api_key_expired");
        assertThatThrownBy(() -> keys.create(ACTOR, account.id(), KeyKind.SECRET, Mode.TEST, ApiKey.Terms.USUAL, expiry))
                .isInstanceOf(AccountException.class);
    }

    @Test
    void limits_of_a_key_go_before_those_of_its_account() {
        Caller own = keys.authenticate(create(KeyKind.SECRET, new ApiKey.Terms(null, Permissions.ALL, List.of(), 7, 0)).text(), IP);
        assertThat(own.limitRequests()).isEqualTo(7);
        assertThat(own.limitPayments()).isNull();
    }

    @Test
    void when_a_key_was_used_is_noted_in_one_statement_for_all() {
        ApiKey.Fresh one = create(KeyKind.SECRET, Mode.TEST);
        ApiKey.Fresh other = create(KeyKind.SECRET, Mode.TEST);
        assertThat(one.key().lastUsedAt()).isNull();
        keys.authenticate(one.text(), IP);
        keys.authenticate(other.text(), IP);
        long before = db.database().statementsSent();
        keys.noteUse();
        assertThat(db.database().statementsSent()).isEqualTo(before + 1);
        assertThat(keys.find(one.key().id()).lastUsedAt()).isEqualTo(clock.instant());
        assertThat(keys.find(other.key().id()).lastUsedAt()).isEqualTo(clock.instant());
    }

    @Test
    void every_change_of_a_key_is_in_the_audit_and_its_text_is_not() {
        ApiKey.Fresh first = create(KeyKind.SECRET, Mode.TEST);
        ApiKey.Fresh second = keys.roll(ACTOR, first.key().id(), Duration.ofHours(1));
        keys.revoke(ACTOR, second.key().id());
        keys.revoke(ACTOR, second.key().id());
        List<Audit.Entry> entries = audit.latest(db.database(), account.id(), null, 10);
        assertThat(entries).extracting(Audit.Entry::action).containsExactly("key.revoke", "key.roll", "key.create", "account.create");
        assertThat(entries).extracting(Audit.Entry::actor).containsOnly("cli:tester");
        assertThat(entries.toString()).doesNotContain(first.text().reveal(), second.text().reveal());
    }

    private ApiKey.Fresh create(KeyKind kind, Mode mode) {
        return keys.create(ACTOR, account.id(), kind, mode, ApiKey.Terms.USUAL, null);
    }

    private ApiKey.Fresh create(KeyKind kind, ApiKey.Terms terms) {
        return keys.create(ACTOR, account.id(), kind, Mode.TEST, terms, null);
    }

    private static ApiKey.Terms terms(Map<String, Level> levels, List<AddressRange> addresses) {
        return new ApiKey.Terms(null, Permissions.only(levels), addresses, null, null);
    }

    private ApiException refusal(Secret key) {
        return catchThrowableOfType(ApiException.class, () -> keys.authenticate(key, IP));
    }
}
