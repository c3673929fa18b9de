package dev.bezant.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.testing.BoundCipher;
import dev.bezant.server.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredProviderAccountsTest {
    private final TestDatabase db = TestDatabase.create();
    private final Ids ids = new Ids(Clock.systemUTC());
    private final String account = new Accounts(db.database(), new Audit(ids), ids).create(Actor.SERVER, "Shop", Limits.NONE).id();
    private final StoredProviderAccounts providers = new StoredProviderAccounts(db.database(), new Audit(ids), ids, new BoundCipher());

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void what_was_added_comes_back_in_the_order_of_adding() {
        ProviderAccount first = add("cardinity");
        ProviderAccount second = add("corefy");
        assertThat(providers.ordered(account, false)).containsExactly(first, second);
        assertThat(first.credentials().reveal()).isEqualTo("{\"key\":\"hidden\"}");
        assertThat(first.settings().path("url").asString()).isEqualTo("http://127.0.0.1:1");
    }

    @Test
    void modes_do_not_meet() {
        ProviderAccount test = add("cardinity");
        assertThat(providers.ordered(account, true)).isEmpty();
        assertThat(providers.find(account, true, test.id())).isEmpty();
        assertThat(providers.find(account, false, test.id())).contains(test);
        assertThat(providers.find("acct_other", false, test.id())).isEmpty();
    }

    @Test
    void credentials_are_not_in_the_table_as_text() {
        add("cardinity");
        byte[] stored = db.database().sql("select credentials from provider_account").one(row -> row.bytes("credentials")).orElseThrow();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("hidden");
        assertThat(providers.ordered(account, false).toString()).doesNotContain("hidden");
    }

    @Test
    void a_disabled_one_takes_no_new_payments_but_is_still_found() {
        ProviderAccount disabled = add("cardinity");
        ProviderAccount other = add("corefy");
        providers.enable(Actor.SERVER, account, disabled.id(), false);
        assertThat(providers.ordered(account, false)).containsExactly(other);
        assertThat(providers.find(account, disabled.id())).contains(disabled);
    }

    @Test
    void the_order_can_be_changed_as_a_whole_only() {
        String one = add("cardinity").id();
        String two = add("corefy").id();
        providers.order(Actor.SERVER, account, Mode.TEST, List.of(two, one));
        assertThat(providers.ordered(account, false)).extracting(ProviderAccount::id).containsExactly(two, one);
        for (List<String> wrong : List.of(List.of(one), List.of(one, one), List.of(one, two, "pa_x"))) {
            assertThatThrownBy(() -> providers.order(Actor.SERVER, account, Mode.TEST, wrong)).isInstanceOf(AccountException.class);
        }
        assertThat(providers.ordered(account, false)).extracting(ProviderAccount::id).containsExactly(two, one);
    }

    @Test
    void a_name_is_taken_once_per_provider() {
        add("cardinity");
        assertThatThrownBy(() -> add("cardinity")).isInstanceOf(AccountException.class).hasMessageContaining("another name");
    }

    @Test
    void it_is_read_once_and_then_remembered() {
        add("cardinity");
        long before = db.database().statementsSent();
        providers.ordered(account, false);
        assertThat(db.database().statementsSent()).isEqualTo(before);
    }

    @Test
    void settings_and_credentials_can_be_changed_apart() {
        String id = add("cardinity").id();
        providers.changeSettings(Actor.SERVER, account, id, Json.readObject("{\"url\":\"http://127.0.0.1:2\"}"));
        providers.changeCredentials(Actor.SERVER, account, id, Secret.of("{\"key\":\"new\"}"));
        assertThat(providers.find(account, id)).get().satisfies(changed -> {
            assertThat(changed.settings().path("url").asString()).isEqualTo("http://127.0.0.1:2");
            assertThat(changed.credentials().reveal()).contains("new");
        });
        assertThatThrownBy(() -> providers.enable(Actor.SERVER, account, "pa_none", true)).isInstanceOf(AccountException.class);
    }

    private ProviderAccount add(String provider) {
        return providers.add(Actor.SERVER, account, new StoredProviderAccounts.Draft(Mode.TEST, provider, "sandbox",
                Json.readObject("{\"url\":\"http://127.0.0.1:1\"}"), Secret.of("{\"key\":\"hidden\"}")));
    }
}
