package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.account.Account;
import dev.bezant.server.account.Accounts;
import dev.bezant.server.account.ApiKey;
import dev.bezant.server.account.ApiKeys;
import dev.bezant.server.account.Limits;
import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Database;
import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.http.Permissions.Level;
import dev.bezant.server.kernel.AddressRange;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What callers hear whose key does not work, or not for this: each has its own error, and none tells of keys or objects of others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeysTest {
    private static final Actor ACTOR = new Actor("cli:tester");
    private static final Ids IDS = new Ids(Clock.systemUTC());

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private @Nullable ApiKeys keyring;
    private final PaymentWorld world = PaymentWorld.setup().keyring(this::keyring).withoutSettling().start();

    private ApiKeys keyring(Database database) {
        ApiKeys made = new ApiKeys(database, new Audit(IDS), IDS, clock);
        keyring = made;
        return made;
    }

    private ApiKeys keys() {
        return Objects.requireNonNull(keyring);
    }

    @AfterAll
    void close() {
        world.close();
    }

    private ApiKey.Fresh key(KeyKind kind, Mode mode, ApiKey.Terms terms, @Nullable Instant expiresAt) {
        return keys().create(ACTOR, "acct_world", kind, mode, terms, expiresAt);
    }

    private ApiKey.Fresh secret() {
        return key(KeyKind.SECRET, Mode.TEST, ApiKey.Terms.USUAL, null);
    }

    private Answer get(String path, Secret key) {
        return world.send("GET", path, null, key.reveal());
    }

    private Answer customers(Secret key) {
        return get("/v1/customers", key);
    }

    @Test
    void an_expired_key_is_told_when_it_expired() {
        ApiKey.Fresh key = key(KeyKind.SECRET, Mode.TEST, ApiKey.Terms.USUAL, clock.instant().plus(Duration.ofMinutes(5)));
        assertThat(customers(key.text()).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(5));
        Answer refused = customers(key.text());
        assertThat(refused.error()).isEqualTo("401 authentication_error api_key_expired null");
        assertThat(refused.text("/error/message")).contains(key.key().prefix(), "expired at").doesNotContain(key.text().reveal());
    }

    @Test
    void a_rolled_key_works_beside_its_successor_until_the_overlap_ends() {
        ApiKey.Fresh old = secret();
        Secret successor = keys().roll(ACTOR, old.key().id(), Duration.ofMinutes(10)).text();
        assertThat(customers(old.text()).status()).isEqualTo(200);
        assertThat(customers(successor).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(10));
        assertThat(customers(old.text()).error()).isEqualTo("401 authentication_error api_key_expired null");
        assertThat(customers(successor).status()).isEqualTo(200);
    }

    @Test
    void a_revoked_key_stops_with_the_next_request() {
        ApiKey.Fresh key = secret();
        assertThat(customers(key.text()).status()).isEqualTo(200);
        keys().revoke(ACTOR, key.key().id());
        Answer refused = customers(key.text());
        assertThat(refused.error()).isEqualTo("401 authentication_error invalid_api_key null");
        assertThat(refused.text("/error/message")).contains("was revoked");
    }

    @Test
    void a_key_of_the_other_mode_finds_what_a_key_finds_of_ids_that_nothing_has() {
        Secret live = key(KeyKind.SECRET, Mode.LIVE, ApiKey.Terms.USUAL, null).text();
        Secret test = secret().text();
        String inTest = world.send("POST", "/v1/customers", "name=Ada", test.reveal()).id();
        String inLive = world.send("POST", "/v1/customers", "name=Ada", live.reveal()).id();
        assertThat(get("/v1/customers/" + inTest, live).error()).isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(get("/v1/customers/" + inLive, test).error()).isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(get("/v1/customers/" + inTest, live).text("/error/message")).contains("mode");
        assertThat(get("/v1/customers/" + inTest, test).status()).isEqualTo(200);
    }

    @Test
    void a_restricted_key_is_told_the_permission_that_it_lacks() {
        Secret key = key(KeyKind.RESTRICTED, Mode.TEST, new ApiKey.Terms(null, Permissions.only(Map.of("customers", Level.READ)), List.of(), null, null), null).text();
        assertThat(customers(key).status()).isEqualTo(200);
        Answer refused = world.send("POST", "/v1/customers", "name=Ada", key.reveal());
        assertThat(refused.error()).isEqualTo("403 invalid_request_error unauthorized null");
        assertThat(refused.text("/error/message")).contains("customers:write");
        assertThat(get("/v1/refunds", key).text("/error/message")).contains("refunds:read");
    }

    @Test
    void a_restricted_key_without_the_permission_cannot_tell_what_exists() {
        Secret key = key(KeyKind.RESTRICTED, Mode.TEST, new ApiKey.Terms(null, Permissions.only(Map.of("events", Level.READ)), List.of(), null, null), null).text();
        String customer = world.send("POST", "/v1/customers", "name=Ada", secret().text().reveal()).id();
        assertThat(get("/v1/customers/" + customer, key).text("/error/message")).isEqualTo(get("/v1/customers/cus_none", key).text("/error/message"));
    }

    @Test
    void a_key_is_refused_from_an_address_that_is_not_among_its_own() {
        Secret elsewhere = key(KeyKind.SECRET, Mode.TEST, addresses("203.0.113.0/24"), null).text();
        Answer refused = customers(elsewhere);
        assertThat(refused.error()).isEqualTo("403 invalid_request_error unauthorized null");
        assertThat(refused.text("/error/message")).contains("127.0.0.1");
        assertThat(customers(key(KeyKind.SECRET, Mode.TEST, addresses("127.0.0.0/8"), null).text()).status()).isEqualTo(200);
    }

    @Test
    void who_claims_another_address_is_not_believed() {
        Secret elsewhere = key(KeyKind.SECRET, Mode.TEST, addresses("203.0.113.0/24"), null).text();
        assertThat(world.send("GET", "/v1/customers", null, elsewhere.reveal(), "X-Forwarded-For", "203.0.113.7").status()).isEqualTo(403);
    }

    @Test
    void a_key_of_a_suspended_account_is_told_so() {
        var accounts = new Accounts(world.direct(), new Audit(IDS), IDS);
        Account account = accounts.create(ACTOR, "Suspended", Limits.NONE);
        Secret key = keys().create(ACTOR, account.id(), KeyKind.SECRET, Mode.TEST, ApiKey.Terms.USUAL, null).text();
        accounts.changeStatus(ACTOR, account.id(), Account.Status.SUSPENDED);
        assertThat(customers(key).error()).isEqualTo("403 invalid_request_error account_invalid null");
    }

    @Test
    void a_key_that_is_almost_right_is_as_wrong_as_any() {
        String right = secret().text().reveal();
        char last = right.charAt(right.length() - 1);
        Answer almost = customers(Secret.of(right.substring(0, right.length() - 1) + (last == 'a' ? 'b' : 'a')));
        Answer any = customers(Secret.of("sk_test_" + "0".repeat(32)));
        assertThat(almost.error()).isEqualTo("401 authentication_error invalid_api_key null");
        assertThat(almost.text("/error/message")).isEqualTo(any.text("/error/message"));
        assertThat(customers(Secret.of(right.replace("sk_test_", "sk_live_"))).text("/error/message")).isEqualTo(any.text("/error/message"));
        assertThat(customers(Secret.of(right + "0")).text("/error/message")).isEqualTo(any.text("/error/message"));
    }

    /** Keys are looked up by what is stored of them, a hash: no comparison takes the longer the more of a guess is right. */
    @Test
    void nothing_is_compared_with_a_key_but_its_hash() {
        ApiKey.Fresh key = secret();
        List<String> columns = world.direct().sql("select column_name from information_schema.columns where table_name = 'api_key'").list(row -> row.text("column_name"));
        for (String column : columns) {
            assertThat(String.valueOf(world.column("api_key", key.key().id(), column))).as(column).doesNotContain(key.text().reveal().substring(8));
        }
    }

    private static ApiKey.Terms addresses(String range) {
        return new ApiKey.Terms(null, Permissions.ALL, List.of(AddressRange.parse(range).orElseThrow()), null, null);
    }
}
