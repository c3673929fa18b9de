package dev.bezant.server.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final Secret PAN = Secret.of("4242424242424242");
    private static final Secret CVC = Secret.of("737");

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private Vault vault;

    @BeforeEach
    void open() {
        vault = reopened();
    }

    @Test
    void what_was_sealed_opens() {
        SealedCard card = vault.seal("acct_a", false, PAN);

        assertThat(vault.open("acct_a", false, card.id(), card.pan()).reveal()).isEqualTo(PAN.reveal());
    }

    @Test
    void a_restart_opens_what_was_sealed_before() {
        SealedCard card = vault.seal("acct_a", false, PAN);

        assertThat(reopened().open("acct_a", false, card.id(), card.pan())).isEqualTo(PAN);
    }

    @Test
    void nodes_that_start_at_once_share_one_keyset(@TempDir Path fresh) throws Exception {
        List<Callable<Vault>> starts = Collections.nCopies(8, () -> Vault.open(fresh, clock, new Ids(clock)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var fingerprints = new HashSet<String>();
            for (var started : threads.invokeAll(starts)) {
                fingerprints.add(started.get().fingerprint("acct_a", false, PAN));
            }
            assertThat(fingerprints).hasSize(1);
        }
    }

    @Test
    void another_account_mode_or_card_does_not_open_it() {
        SealedCard card = vault.seal("acct_a", false, PAN);

        assertThatThrownBy(() -> vault.open("acct_b", false, card.id(), card.pan())).isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> vault.open("acct_a", true, card.id(), card.pan())).isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> vault.open("acct_a", false, "card_other", card.pan())).isInstanceOf(VaultException.class);
    }

    @Test
    void a_changed_byte_does_not_open() {
        SealedCard card = vault.seal("acct_a", false, PAN);
        for (int i = 0; i < card.pan().length; i++) {
            byte[] changed = card.pan().clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> vault.open("acct_a", false, card.id(), changed)).isInstanceOf(VaultException.class);
        }
    }

    @Test
    void the_same_number_gives_the_same_fingerprint_within_one_account_and_mode_only() {
        String fingerprint = vault.fingerprint("acct_a", false, PAN);

        assertThat(vault.seal("acct_a", false, PAN).fingerprint()).isEqualTo(fingerprint).matches("[0-9A-Za-z]{20}");
        assertThat(reopened().fingerprint("acct_a", false, PAN)).isEqualTo(fingerprint);
        assertThat(vault.fingerprint("acct_a", true, PAN)).isNotEqualTo(fingerprint);
        assertThat(vault.fingerprint("acct_b", false, PAN)).isNotEqualTo(fingerprint);
        assertThat(vault.fingerprint("acct_a", false, Secret.of("5555555555554444"))).isNotEqualTo(fingerprint);
    }

    @Test
    void request_fingerprints_are_keyed_and_survive_a_restart(@TempDir Path other) {
        byte[] fingerprint = vault.requestFingerprint("POST /v1/x\n{}");

        assertThat(fingerprint).hasSize(32).isEqualTo(reopened().requestFingerprint("POST /v1/x\n{}"));
        assertThat(Vault.open(other, clock, new Ids(clock)).requestFingerprint("POST /v1/x\n{}")).isNotEqualTo(fingerprint);
    }

    @Test
    void credentials_open_for_their_own_provider_account_only() {
        byte[] sealed = vault.encryptText(SealedText.CREDENTIALS, "acct_a", "prov_1", "{\"key\":\"s3cret\"}");

        assertThat(vault.decryptText(SealedText.CREDENTIALS, "acct_a", "prov_1", sealed).reveal()).isEqualTo("{\"key\":\"s3cret\"}");
        assertThatThrownBy(() -> vault.decryptText(SealedText.CREDENTIALS, "acct_a", "prov_2", sealed)).isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> vault.decryptText(SealedText.CREDENTIALS, "acct_b", "prov_1", sealed)).isInstanceOf(VaultException.class);
    }

    @Test
    void only_the_owner_may_read_the_key_files() throws IOException {
        vault.sealCvc("acct_a", "card_1", CVC);

        try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile).filter(file -> !file.endsWith("lock"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(3);
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void the_keyset_file_does_not_hold_a_key_in_clear() throws IOException {
        String keyset = Files.readString(directory.resolve("keyset"));

        assertThat(keyset).doesNotContain(Files.readString(directory.resolve("key")).trim());
        Files.writeString(directory.resolve("key"), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertThatThrownBy(this::reopened).isInstanceOf(VaultException.class).hasMessageContaining("belong together");
    }

    @Test
    void a_lost_key_file_is_told_and_not_replaced() throws IOException {
        Files.delete(directory.resolve("key"));

        assertThatThrownBy(this::reopened).isInstanceOf(VaultException.class).hasMessageContaining("restore it from your backup");
        assertThat(directory.resolve("key")).doesNotExist();
    }

    @Test
    void a_damaged_keyset_is_told() throws IOException {
        Files.writeString(directory.resolve("keyset"), "{\"version\":1}");

        assertThatThrownBy(this::reopened).isInstanceOf(VaultException.class);
    }

    @Test
    void a_cvc_opens_for_thirty_minutes() {
        SealedCvc cvc = vault.sealCvc("acct_a", "card_1", CVC);

        clock.advance(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(vault.openCvc("acct_a", "card_1", cvc.cvc(), cvc.keyId())).contains(CVC);
        clock.advance(Duration.ofSeconds(1));
        assertThat(vault.openCvc("acct_a", "card_1", cvc.cvc(), cvc.keyId())).isEmpty();
    }

    @Test
    void a_cvc_opens_after_a_restart() {
        SealedCvc cvc = vault.sealCvc("acct_a", "card_1", CVC);

        assertThat(reopened().openCvc("acct_a", "card_1", cvc.cvc(), cvc.keyId())).contains(CVC);
    }

    @Test
    void a_cvc_of_another_card_does_not_open() {
        SealedCvc cvc = vault.sealCvc("acct_a", "card_1", CVC);

        assertThatThrownBy(() -> vault.openCvc("acct_a", "card_2", cvc.cvc(), cvc.keyId())).isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> vault.openCvc("acct_b", "card_1", cvc.cvc(), cvc.keyId())).isInstanceOf(VaultException.class);
    }

    @Test
    void a_key_id_that_is_no_key_id_reads_no_file() {
        SealedCvc cvc = vault.sealCvc("acct_a", "card_1", CVC);

        assertThat(vault.openCvc("acct_a", "card_1", cvc.cvc(), "../key")).isEmpty();
    }

    @Test
    void cvc_keys_change_every_ten_minutes() {
        String first = vault.sealCvc("acct_a", "card_1", CVC).keyId();
        clock.advance(Duration.ofMinutes(9));
        assertThat(vault.sealCvc("acct_a", "card_2", CVC).keyId()).isEqualTo(first);

        clock.advance(Duration.ofMinutes(1));
        assertThat(vault.sealCvc("acct_a", "card_3", CVC).keyId()).isNotEqualTo(first);
    }

    @Test
    void a_start_destroys_overdue_cvc_keys_even_after_a_long_stop() throws IOException {
        String keyId = vault.sealCvc("acct_a", "card_1", CVC).keyId();
        clock.advance(Duration.ofMinutes(40));

        reopened();

        assertThat(directory.resolve("cvc").resolve(keyId)).doesNotExist();
    }

    @Test
    void a_cvc_key_from_the_future_is_destroyed() {
        String keyId = vault.sealCvc("acct_a", "card_1", CVC).keyId();
        clock.advance(Duration.ofMinutes(-11));

        reopened();

        assertThat(directory.resolve("cvc").resolve(keyId)).doesNotExist();
    }

    @Test
    void nothing_secret_is_in_a_message_or_a_text() {
        SealedCard card = vault.seal("acct_a", false, PAN);

        assertThatThrownBy(() -> vault.open("acct_b", false, card.id(), card.pan())).message().doesNotContain("4242");
        assertThat(vault.open("acct_a", false, card.id(), card.pan()).toString()).isEqualTo("***");
        assertThat(card.toString()).doesNotContain("4242424242424242");
    }

    private Vault reopened() {
        return Vault.open(directory, clock, new Ids(clock));
    }
}
