package dev.bezant.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.testing.TestDatabase;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private final TestDatabase db = TestDatabase.create();
    private final Ids ids = new Ids(Clock.systemUTC());
    private final Accounts accounts = new Accounts(db.database(), new Audit(ids), ids);

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void a_new_account_is_active_and_limited() {
        Account account = accounts.create(Actor.SERVER, "Shop", Limits.DEFAULT);
        assertThat(account.id()).startsWith("acct_");
        assertThat(account.status()).isEqualTo(Account.Status.ACTIVE);
        assertThat(account.limits()).isEqualTo(new Limits(1000, 100));
        assertThat(accounts.list()).containsExactly(account);
    }

    @Test
    void limits_can_be_lifted_and_set() {
        Account account = accounts.create(Actor.SERVER, "Shop", Limits.DEFAULT);
        accounts.changeLimits(Actor.SERVER, account.id(), Limits.NONE);
        assertThat(accounts.named("Shop").limits()).isEqualTo(Limits.NONE);
        assertThatThrownBy(() -> new Limits(0, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_shared_by_two_accounts_names_neither() {
        String one = accounts.create(Actor.SERVER, "Shop", Limits.NONE).id();
        String other = accounts.create(Actor.SERVER, "Shop", Limits.NONE).id();
        assertThatThrownBy(() -> accounts.named("Shop")).isInstanceOf(AccountException.class).hasMessageContaining(one, other);
        assertThat(accounts.named(one).id()).isEqualTo(one);
    }

    @Test
    void an_unknown_account_is_told_by_what_was_asked_for() {
        assertThatThrownBy(() -> accounts.named("Nobody")).isInstanceOf(AccountException.class).hasMessageContaining("'Nobody'");
        assertThatThrownBy(() -> accounts.changeStatus(Actor.SERVER, "acct_x", Account.Status.SUSPENDED)).isInstanceOf(AccountException.class);
    }
}
