package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.ops.CommandLineTree;
import dev.bezant.server.testing.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real database, as a person types them. */
class CommandLineTest {
    @TempDir
    private Path directory;

    private final TestDatabase db = TestDatabase.create();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void password() throws IOException {
        Files.writeString(directory.resolve("password"), db.password());
        assertThat(run("migrate")).isZero();
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void a_key_is_shown_once_and_listed_without_itself() {
        run("accounts", "create", "Shop");
        printed();
        assertThat(run("keys", "create", "Shop")).isZero();
        String key = printed().strip();
        assertThat(key).matches("sk_test_[0-9A-Za-z]{32}");
        run("keys", "list", "Shop");
        assertThat(printed()).contains("sk_test_..." + key.substring(key.length() - 4), "works").doesNotContain(key);
    }

    @Test
    void an_account_tells_about_itself_what_it_was_told() {
        run("accounts", "create", "Shop");
        assertThat(run("accounts", "profile", "Shop", "--email", "owner@shop.example", "--country", "lt")).isZero();
        assertThat(run("accounts", "profile", "Shop", "--currency", "SEK")).isZero();
        assertThat(db.database().sql("select email || ' ' || country || ' ' || default_currency as it from account where name = 'Shop'")
                .one(row -> row.text("it"))).contains("owner@shop.example LT sek");
        assertThat(run("accounts", "profile", "Shop", "--currency", "crowns")).isEqualTo(2);
        assertThat(run("accounts", "profile", "Shop", "--country", "Lithuania")).isEqualTo(2);
    }

    @Test
    void a_rolled_key_works_on_for_the_overlap() {
        run("accounts", "create", "Shop");
        run("keys", "create", "Shop", "--publishable", "--live");
        printed();
        run("keys", "list", "Shop");
        String id = printed().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
        assertThat(run("keys", "roll", id, "--overlap", "PT1H")).isZero();
        assertThat(printed()).startsWith("pk_live_");
        run("keys", "list", "Shop");
        assertThat(printed()).contains("works until");
        assertThat(run("keys", "revoke", id)).isZero();
        assertThat(run("keys", "roll", id)).isEqualTo(1);
        assertThat(err.toString()).contains("does not work any more");
    }

    @Test
    void a_restricted_key_is_made_listed_and_its_making_is_in_the_audit() {
        run("accounts", "create", "Shop");
        printed();
        assertThat(run("keys", "create", "Shop", "--allow", "charges:read,refunds:write", "--address", "203.0.113.0/24", "--expires", "P90D",
                "--name", "support desk", "--requests", "50")).isZero();
        String key = printed().strip();
        assertThat(key).startsWith("rk_test_");
        run("keys", "list", "Shop");
        assertThat(printed()).contains("support desk", "charges:read refunds:write", "203.0.113.0/24", "works until", "never").doesNotContain(key);
        run("audit", "Shop");
        assertThat(printed()).contains("key.create", "account.create", "cli:", "support desk").doesNotContain(key);
    }

    @Test
    void a_partner_gets_an_account_and_a_pair_of_keys() {
        printed();
        assertThat(run("create-api-key", "--partner-name", "Your Partner Name", "--key-name", "Corefy Integration Key")).as(err.toString()).isZero();
        String pair = printed().strip();
        assertThat(pair).matches("pk_your_partner_name_[0-9A-Za-z]{16}:sk_test_[0-9A-Za-z]{32}");
        assertThat(err.toString()).contains("Your Partner Name (acct_", "Corefy Integration Key", "integrations:write").doesNotContain(pair.substring(pair.indexOf("sk_")));
        assertThat(run("create-api-key", "--partner-name", "Your Partner Name", "--partner-code", "ypn", "--key-type", "production", "--scopes", "read")).isZero();
        assertThat(printed().strip()).matches("pk_ypn_[0-9A-Za-z]{16}:sk_live_[0-9A-Za-z]{32}");
        assertThat(run("create-api-key", "--partner-name", "Your Partner Name", "--scopes", "admin")).isZero();
        printed();
        run("keys", "list", "Your Partner Name");
        String listed = printed();
        assertThat(listed.lines()).hasSize(4);
        assertThat(listed).contains("Corefy Integration Key", "integrations:write", "integrations:read", "all");
        run("audit", "Your Partner Name");
        assertThat(printed()).contains("key.create", "pk_your_partner_name_").doesNotContain(pair.substring(pair.indexOf("sk_")));
    }

    @Test
    void a_rolled_pair_is_a_pair_of_the_same_partner() {
        run("create-api-key", "--partner-name", "Shop");
        printed();
        run("keys", "list", "Shop");
        assertThat(run("keys", "roll", printed().lines().skip(1).findFirst().orElseThrow().split(" ")[0])).isZero();
        assertThat(printed().strip()).matches("pk_shop_[0-9A-Za-z]{16}:sk_test_[0-9A-Za-z]{32}");
    }

    @Test
    void wrong_terms_of_a_pair_are_told_with_what_was_expected() {
        assertThat(run("create-api-key", "--key-type", "live")).isEqualTo(2);
        assertThat(err.toString()).contains("'live'", "production");
        assertThat(run("create-api-key", "--scopes", "read,delete")).isEqualTo(2);
        assertThat(err.toString()).contains("'delete'", "read, write, admin");
        assertThat(run("create-api-key", "--partner-name", "\u2603")).isEqualTo(1);
        assertThat(run("create-api-key", "--partner-code", "No Such Code")).isEqualTo(1);
        printed();
        run("accounts", "list");
        assertThat(printed().lines()).hasSize(1);
    }

    @Test
    void wrong_terms_of_a_key_are_told_with_what_was_expected() {
        run("accounts", "create", "Shop");
        assertThat(run("keys", "create", "Shop", "--allow", "charge:read")).isEqualTo(2);
        assertThat(err.toString()).contains("'charge'").contains("Did you mean charges?");
        assertThat(run("keys", "create", "Shop", "--allow", "charges:all")).isEqualTo(2);
        assertThat(run("keys", "create", "Shop", "--address", "203.0.113.7/24")).isEqualTo(2);
        assertThat(run("keys", "create", "Shop", "--address", "example.com")).isEqualTo(2);
        assertThat(run("keys", "create", "Shop", "--publishable", "--allow", "charges:read")).isEqualTo(2);
        assertThat(run("keys", "create", "Shop", "--requests", "0")).isEqualTo(2);
        printed();
        run("keys", "list", "Shop");
        assertThat(printed().lines()).hasSize(1);
    }

    @Test
    void an_account_gets_the_version_that_its_endpoints_speak() {
        run("accounts", "create", "Shop");
        assertThat(run("accounts", "api-version", "Shop", "2026-07-29.dahlia")).isZero();
        printed();
        run("accounts", "list");
        assertThat(printed()).contains("2026-07-29.dahlia");
        assertThat(run("accounts", "api-version", "Shop", "latest")).isEqualTo(2);
        assertThat(run("accounts", "browser-payments", "Shop", "--max", "50000")).isZero();
        assertThat(run("accounts", "browser-payments", "Shop", "--max", "none")).isZero();
    }

    @Test
    void a_wrong_duration_is_a_usage_mistake() {
        assertThat(run("keys", "roll", "key_x", "--overlap", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon'").contains("PT1H");
    }

    @Test
    void accounts_are_suspended_activated_and_limited() {
        run("accounts", "create", "Shop");
        run("accounts", "suspend", "Shop");
        run("accounts", "limits", "Shop", "--requests", "7", "--payments", "none");
        printed();
        run("accounts", "list");
        assertThat(printed()).containsPattern("Shop +suspended +7 +none");
        assertThat(run("accounts", "activate", "Nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("'Nobody'");
    }

    @Test
    void a_provider_account_is_connected_listed_disabled_and_never_shows_its_credentials() throws IOException {
        Path credentials = Files.writeString(directory.resolve("credentials"), "{\"consumer_key\":\"k\",\"consumer_secret\":\"hidden\"}");
        run("accounts", "create", "Shop");
        printed();
        assertThat(run("providers", "add", "Shop", "cardinity", "--credentials-file", credentials.toString(),
                "--setting", "url=http://127.0.0.1:1", "--setting", "default_country=LT")).isZero();
        String id = printed().strip();
        assertThat(run("providers", "disable", "Shop", id)).isZero();
        run("providers", "list", "Shop");
        assertThat(printed()).contains(id, "disabled", "http://127.0.0.1:1").doesNotContain("hidden");
        assertThat(run("providers", "order", "Shop", id)).isZero();
        assertThat(run("providers", "test", "Shop", id)).isEqualTo(1);
        assertThat(printed()).startsWith("Does not work: ");
    }

    @Test
    void incomplete_credentials_are_refused_before_they_are_stored() throws IOException {
        Path credentials = Files.writeString(directory.resolve("credentials"), "{\"consumer_key\":\"k\"}");
        run("accounts", "create", "Shop");
        assertThat(run("providers", "add", "Shop", "cardinity", "--credentials-file", credentials.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("consumer_secret");
        assertThat(run("providers", "add", "Shop", "nobody", "--credentials-file", credentials.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("Known providers: cardinity");
    }

    @Test
    void rotating_the_vault_tells_what_it_did() {
        assertThat(run("vault", "rotate")).isZero();
        assertThat(printed()).contains("Rotated: key ");
    }

    @Test
    void doctor_tells_each_check_and_fails_when_one_does_not_hold() {
        assertThat(run("doctor")).isZero();
        assertThat(printed()).contains("ok   one-live-charge");
        db.database().sql("insert into vault_cvc values ('acct_1', 'card_1', '\\x00', 'key', now() - interval '2 hours')").update();
        assertThat(run("doctor")).isEqualTo(8);
        assertThat(printed()).contains("BAD  cvc-is-gone").contains("acct_1 card_1");
    }

    @Test
    void a_database_that_cannot_be_reached_has_an_exit_code_of_its_own() {
        assertThat(CommandLineTree.execute(List.of("accounts", "list", "--data", directory.toString(),
                "--database", "jdbc:postgresql://127.0.0.1:1/x"), Wiring::new, new PrintWriter(out), new PrintWriter(err))).isEqualTo(6);
        assertThat(err.toString()).contains("cannot be reached");
    }

    @Test
    void help_documents_the_exit_codes() {
        CommandLineTree.execute(List.of("--help"), Wiring::new, new PrintWriter(out), new PrintWriter(err));
        assertThat(printed()).contains("Exit codes:", "8   doctor");
    }

    private int run(String... command) {
        var all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--data", directory.toString(), "--database", db.url(), "--database-user", db.user(),
                "--database-password-file", directory.resolve("password").toString()));
        return CommandLineTree.execute(all, Wiring::new, new PrintWriter(out), new PrintWriter(err));
    }

    /** What was printed since the last call. */
    private String printed() {
        String text = out.toString();
        out.getBuffer().setLength(0);
        return text;
    }
}
