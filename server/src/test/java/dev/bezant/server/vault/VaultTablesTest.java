package dev.bezant.server.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.testing.SettableClock;
import dev.bezant.server.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vault against real tables: storing, expiring, rotating. */
class VaultTablesTest {
    private static final Secret PAN = Secret.of("4242424242424242");

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private final TestDatabase testDatabase = TestDatabase.create();
    private final Database database = testDatabase.database();
    private Vault vault;

    @BeforeEach
    void open() {
        vault = opened();
    }

    @AfterEach
    void close() {
        testDatabase.close();
    }

    @Test
    void a_stored_card_opens_and_every_store_has_its_own_row() {
        StoredCard one = vault.store(database, "acct_a", false, PAN);
        StoredCard two = vault.store(database, "acct_a", false, PAN);

        assertThat(read(vault, one.id())).isEqualTo(PAN);
        assertThat(two.id()).isNotEqualTo(one.id());
        assertThat(two.fingerprint()).isEqualTo(one.fingerprint());
    }

    @Test
    void nothing_readable_is_in_the_tables() {
        StoredCard card = vault.store(database, "acct_a", false, PAN);
        vault.storeCvc(database, "acct_a", card.id(), Secret.of("7373"));

        String rows = database.sql("select c::text as row from vault_card c union all select v::text from vault_cvc v")
                .list(row -> row.text("row")).toString();
        assertThat(rows).contains(card.id()).doesNotContain("4242424242424242").doesNotContain(hex("4242424242424242")).doesNotContain(hex("7373"));
    }

    @Test
    void a_cvc_whose_key_was_destroyed_is_useless_even_where_the_row_survived() {
        StoredCard card = vault.store(database, "acct_a", false, PAN);
        vault.storeCvc(database, "acct_a", card.id(), Secret.of("737"));
        Cvc survived = cvc(card.id()).orElseThrow();

        clock.advance(Duration.ofMinutes(40));
        assertThat(vault.expire(database)).isEqualTo(new Vault.Expired(1, 1));

        assertThat(cvc(card.id())).isEmpty();
        assertThat(directory.resolve("cvc")).isEmptyDirectory();
        clock.advance(Duration.ofMinutes(-40));
        assertThat(opened().openCvc("acct_a", card.id(), survived.cvc(), survived.keyId())).isEmpty();
    }

    @Test
    void expiring_leaves_what_is_still_usable() {
        StoredCard card = vault.store(database, "acct_a", false, PAN);
        vault.storeCvc(database, "acct_a", card.id(), Secret.of("737"));

        clock.advance(Duration.ofMinutes(29));
        assertThat(vault.expire(database)).isEqualTo(new Vault.Expired(0, 0));

        Cvc cvc = cvc(card.id()).orElseThrow();
        assertThat(vault.openCvc("acct_a", card.id(), cvc.cvc(), cvc.keyId())).isPresent();
    }

    @Test
    void keys_are_destroyed_even_while_the_database_cannot_be_reached() {
        String keyId = vault.sealCvc("acct_a", "card_1", Secret.of("737")).keyId();
        clock.advance(Duration.ofMinutes(40));
        testDatabase.database().close();

        assertThatThrownBy(() -> vault.expire(database)).isInstanceOf(RuntimeException.class);
        assertThat(Files.exists(directory.resolve("cvc").resolve(keyId))).isFalse();
    }

    @Test
    void a_rotation_reencrypts_everything_and_tells_how_far_it_is() {
        List<String> cards = store(1200);
        String provider = storeCredentials("{\"secret\":\"x\"}");
        var heard = new ArrayList<String>();

        var result = rotation().rotate((done, total) -> heard.add(done + "/" + total));

        assertThat(result.reencrypted()).isEqualTo(1201);
        assertThat(result.resumed()).isFalse();
        assertThat(rotation().remaining()).isZero();
        assertThat(heard).startsWith("0/1201", "500/1201", "1000/1201", "1200/1201").endsWith("1201/1201");
        assertThat(cards).allSatisfy(card -> assertThat(read(vault, card)).isEqualTo(PAN));
        assertThat(credentials(vault, provider)).isEqualTo("{\"secret\":\"x\"}");
    }

    @Test
    void fingerprints_survive_a_rotation() {
        String before = vault.fingerprint("acct_a", false, PAN);
        byte[] request = vault.requestFingerprint("x");

        rotation().rotate(VaultRotation.Progress.NONE);

        assertThat(vault.fingerprint("acct_a", false, PAN)).isEqualTo(before);
        assertThat(opened().requestFingerprint("x")).isEqualTo(request);
    }

    @Test
    void a_crash_in_the_middle_is_mended_by_running_it_again_with_the_same_key() {
        List<String> cards = store(700);
        assertThatThrownBy(() -> crashing("vault.rotation.batch").rotate(VaultRotation.Progress.NONE)).hasMessage("crash");
        assertThat(rotation().remaining()).isEqualTo(200);
        Vault restarted = opened();
        assertThat(cards).allSatisfy(card -> assertThat(read(restarted, card)).isEqualTo(PAN));

        var result = new VaultRotation(database, restarted, clock, Checkpoint.NONE).rotate(VaultRotation.Progress.NONE);

        assertThat(result.resumed()).isTrue();
        assertThat(result.reencrypted()).isEqualTo(200);
        assertThat(result.waiting()).hasSize(1);
        assertThat(cards).allSatisfy(card -> assertThat(read(restarted, card)).isEqualTo(PAN));
    }

    @Test
    void a_crash_before_the_first_row_is_mended_too() {
        store(3);
        assertThatThrownBy(() -> crashing("vault.rotation.key_added").rotate(VaultRotation.Progress.NONE)).hasMessage("crash");

        var result = rotation().rotate(VaultRotation.Progress.NONE);

        assertThat(result.reencrypted()).isEqualTo(3);
        assertThat(result.resumed()).isTrue();
    }

    @Test
    void a_node_that_knows_only_the_former_key_reads_the_file_again() {
        StoredCard card = vault.store(database, "acct_a", false, PAN);
        Vault otherNode = opened();

        rotation().rotate(VaultRotation.Progress.NONE);

        assertThat(read(otherNode, card.id())).isEqualTo(PAN);
        assertThat(otherNode.seal("acct_a", false, PAN).keyId()).isEqualTo(keyIdOf(card.id()));
    }

    @Test
    void a_former_key_leaves_after_an_hour_and_only_when_no_row_uses_it() {
        StoredCard card = vault.store(database, "acct_a", false, PAN);
        long former = keyIdOf(card.id());
        assertThat(rotation().rotate(VaultRotation.Progress.NONE).waiting()).containsExactly(former);

        clock.advance(Duration.ofMinutes(61));
        database.sql("update vault_card set key_id = :former").bind("former", former).update();
        var used = crashing("vault.rotation.batch");
        assertThatThrownBy(() -> used.resume(VaultRotation.Progress.NONE)).hasMessage("crash");
        var result = rotation().resume(VaultRotation.Progress.NONE);

        assertThat(result.removed()).containsExactly(former);
        assertThat(result.waiting()).isEmpty();
        assertThat(read(vault, card.id())).isEqualTo(PAN);
        assertThat(read(opened(), card.id())).isEqualTo(PAN);
    }

    @Test
    void a_row_that_no_key_opens_is_counted_and_keeps_its_key() {
        StoredCard card = vault.store(database, "acct_a", false, PAN);
        long former = keyIdOf(card.id());
        database.sql("update vault_card set pan = overlay(pan placing '\\x00'::bytea from 20)").update();
        rotation().rotate(VaultRotation.Progress.NONE);
        clock.advance(Duration.ofHours(2));

        var result = rotation().resume(VaultRotation.Progress.NONE);

        assertThat(result.unreadable()).isEqualTo(1);
        assertThat(result.removed()).isEmpty();
        assertThat(result.waiting()).containsExactly(former);
    }

    @Test
    void cards_stored_and_read_while_rotating_all_stay_readable() throws Exception {
        List<String> cards = java.util.Collections.synchronizedList(new ArrayList<>(store(600)));
        var stop = new AtomicBoolean();
        Vault otherNode = opened();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> payments = threads.submit(() -> {
                while (!stop.get()) {
                    cards.add(otherNode.store(database, "acct_a", false, PAN).id());
                    assertThat(read(otherNode, cards.getFirst())).isEqualTo(PAN);
                }
            });
            Future<?> second = threads.submit(() -> new VaultRotation(database, otherNode, clock, Checkpoint.NONE).rotate(VaultRotation.Progress.NONE));
            rotation().rotate(VaultRotation.Progress.NONE);
            second.get();
            stop.set(true);
            payments.get();
        }

        rotation().resume(VaultRotation.Progress.NONE);
        clock.advance(Duration.ofHours(2));
        assertThat(rotation().resume(VaultRotation.Progress.NONE).waiting()).isEmpty();
        Vault restarted = opened();
        assertThat(cards).allSatisfy(card -> assertThat(read(restarted, card)).isEqualTo(PAN));
    }

    private record Cvc(byte[] cvc, String keyId) {}

    private Optional<Cvc> cvc(String cardId) {
        return database.sql("select cvc, key_id from vault_cvc where card_id = :card").bind("card", cardId)
                .one(row -> new Cvc(row.bytes("cvc"), row.text("key_id")));
    }

    private Secret read(Vault from, String cardId) {
        byte[] pan = database.sql("select pan from vault_card where account_id = 'acct_a' and id = :id").bind("id", cardId)
                .one(row -> row.bytes("pan")).orElseThrow();
        return from.open("acct_a", false, cardId, pan);
    }

    private long keyIdOf(String cardId) {
        return database.sql("select key_id from vault_card where id = :id").bind("id", cardId).one(row -> row.number("key_id")).orElseThrow();
    }

    private List<String> store(int count) {
        return database.transaction(tx -> {
            var ids = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                ids.add(vault.store(tx, "acct_a", false, PAN).id());
            }
            return ids;
        });
    }

    private String storeCredentials(String json) {
        database.sql("insert into account (id, name) values ('acct_a', 'A')").update();
        database.sql("""
                insert into provider_account (account_id, id, livemode, provider, name, credentials, position)
                values ('acct_a', 'prov_1', false, 'cardinity', 'main', :credentials, 1)
                """).bind("credentials", vault.encryptText(SealedText.CREDENTIALS, "acct_a", "prov_1", json)).update();
        return "prov_1";
    }

    private String credentials(Vault from, String provider) {
        byte[] sealed = database.sql("select credentials from provider_account where id = :id").bind("id", provider)
                .one(row -> row.bytes("credentials")).orElseThrow();
        return from.decryptText(SealedText.CREDENTIALS, "acct_a", provider, sealed).reveal();
    }

    private VaultRotation rotation() {
        return new VaultRotation(database, vault, clock, Checkpoint.NONE);
    }

    private VaultRotation crashing(String where) {
        return new VaultRotation(database, vault, clock, name -> {
            if (name.equals(where)) {
                throw new IllegalStateException("crash");
            }
        });
    }

    private Vault opened() {
        return Vault.open(directory, clock, new Ids(clock));
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
