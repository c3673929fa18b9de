package dev.bezant.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.PaymentBody;
import dev.bezant.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    private Path data;

    private Sandbox start() {
        return Sandbox.start(new Sandbox.Options(0, data, null), Clock.systemUTC());
    }

    private static Control control(Sandbox sandbox) {
        return new Control(sandbox.controlUri());
    }

    @Test
    void payments_children_ledger_accounts_clock_and_instance_survive_a_restart() {
        String instance;
        String payment;
        String account;
        try (var sandbox = start()) {
            var control = control(sandbox);
            instance = sandbox.instance();
            var merchant = control.merchant();
            account = merchant.account();
            payment = merchant.paid(new PaymentBody().authorization());
            merchant.post("/payments/" + payment + "/settlements", "{\"amount\":\"20.00\"}");
            control.post("clock", "{\"advance\":\"PT48H\"}");
        }
        try (var sandbox = start()) {
            var control = control(sandbox);
            assertThat(sandbox.instance()).isEqualTo(instance);
            assertThat(control.movements(account)).containsExactly("authorization 5000 eur", "capture 2000 eur");
            assertThat(control.get("clock").json().path("offset_ms").asLong()).isEqualTo(48L * 3600 * 1000);
            var merchant = control.named(account);
            assertThat(merchant.post("/payments/" + payment + "/settlements", "{\"amount\":\"30.01\"}").status()).isEqualTo(400);
            assertThat(merchant.post("/payments/" + payment + "/settlements", "{\"amount\":\"30.00\"}").status()).isEqualTo(201);
            assertThat(control.ledger("").getLast().path("seq").asLong()).isEqualTo(3);
        }
    }

    @Test
    void a_pending_challenge_can_be_completed_after_a_restart() {
        String payment;
        String creq;
        try (var sandbox = start()) {
            var pending = control(sandbox).standard().pay(PaymentBody.card("5454545454545454").threeDs());
            payment = pending.at("/id");
            creq = pending.at("/threeds2_data/creq");
        }
        try (var sandbox = start()) {
            var merchant = control(sandbox).standard();
            assertThat(merchant.get("/payments/" + payment).at("/threeds2_data/creq")).isEqualTo(creq);
            assertThat(merchant.complete(payment, "cres", creq).status()).isEqualTo(201);
        }
    }

    @Test
    void a_torn_last_line_is_dropped() throws IOException {
        try (var sandbox = start()) {
            control(sandbox).standard().paid(new PaymentBody());
        }
        Files.writeString(data.resolve("journal.jsonl"), "[{\"kind\":\"ledger\",\"val", StandardOpenOption.APPEND);
        try (var sandbox = start()) {
            control(sandbox).standard().paid(new PaymentBody());
        }
        try (var sandbox = start()) {
            assertThat(control(sandbox).ledger("")).hasSize(2);
        }
    }

    @Test
    void a_broken_line_within_is_reported_not_skipped() throws IOException {
        try (var sandbox = start()) {
            control(sandbox).standard().paid(new PaymentBody());
        }
        var file = data.resolve("journal.jsonl");
        Files.writeString(file, "nonsense\n" + Files.readString(file));
        assertThatThrownBy(this::start).isInstanceOf(SandboxException.class).hasMessageContaining("line 1");
    }

    @Test
    void a_reset_keeps_the_default_account_and_never_reuses_ledger_numbers() {
        String key;
        try (var sandbox = start()) {
            var control = control(sandbox);
            key = control.standard().credential("consumer_key");
            control.merchant().paid(new PaymentBody());
            control.fault("{\"fault\":\"stall\"}");
            control.post("clock", "{\"advance\":\"PT48H\"}");
            assertThat(control.post("reset", "").status()).isEqualTo(200);
            assertThat(control.ledger("")).isEmpty();
            assertThat(control.get("faults").json().path("data")).isEmpty();
            assertThat(control.get("requests").json().path("data")).isEmpty();
            assertThat(control.get("clock").json().path("offset_ms").asLong()).isZero();
            assertThat(control.get("accounts?provider=cardinity").json().path("data")).hasSize(1);
        }
        try (var sandbox = start()) {
            var control = control(sandbox);
            assertThat(control.standard().credential("consumer_key")).isEqualTo(key);
            control.standard().paid(new PaymentBody());
            assertThat(control.ledger("").getFirst().path("seq").asLong()).isEqualTo(2);
        }
    }

    @Test
    void a_revoked_default_account_is_restored_by_a_reset() {
        try (var sandbox = start()) {
            var control = control(sandbox);
            var standard = control.standard();
            control.delete("accounts?provider=cardinity&account=default");
            assertThat(standard.get("/payments").status()).isEqualTo(401);
            control.post("reset", "");
            assertThat(standard.get("/payments").status()).isEqualTo(200);
        }
    }

    @Test
    void two_sandboxes_cannot_share_a_directory() {
        try (var _ = start()) {
            assertThatThrownBy(this::start).isInstanceOf(SandboxException.class).hasMessageContaining("Another sandbox uses");
        }
    }

    @Test
    void only_its_owner_can_read_the_journal() throws IOException {
        try (var _ = start()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("journal.jsonl")))).isEqualTo("rw-------");
        }
    }

    @Test
    void no_card_number_or_code_is_written_down() throws IOException {
        try (var sandbox = start()) {
            control(sandbox).standard().paid(new PaymentBody().pan("4242424242424242").with("payment_instrument.cvc", "\"987\""));
        }
        assertThat(Files.readString(data.resolve("journal.jsonl"))).doesNotContain("4242424242424242").doesNotContain("\"987\"");
    }
}
