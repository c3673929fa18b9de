package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.ops.CommandLineTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does for a provider that takes evidence from people alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DisputesCommandTest {
    private final PaymentWorld world = PaymentWorld.setup().withoutSettling().disputePause(Duration.ZERO).start();

    private Path directory = Path.of("");
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeAll
    void password(@TempDir Path given) throws IOException {
        directory = given;
        Files.writeString(directory.resolve("password"), world.where().password());
    }

    @AfterAll
    void close() {
        world.close();
    }

    private int run(String... command) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("--data", directory.toString(), "--database", world.where().url(), "--database-user", world.where().user(),
                "--database-password-file", directory.resolve("password").toString()));
        return CommandLineTree.execute(args, Wiring::new, new PrintWriter(out), new PrintWriter(err));
    }

    private String disputed() {
        var paid = world.pay(20_00, "pm_card_createDispute");
        world.job("disputes");
        return String.valueOf(world.get("/v1/disputes?payment_intent=" + paid.id()).text("/data/0/id"));
    }

    @Test
    void evidence_is_carried_over_and_the_decision_entered() throws IOException {
        String id = disputed();
        assertThat(run("disputes", "list", "acct_world")).as(err.toString()).isZero();
        assertThat(out.toString()).contains(id, "needs_response", "20.00 EUR", "fraudulent (10.4)");
        String receipt = world.upload("dispute_evidence", "../receipt of Ona.pdf", FilesTest.PDF).id();
        world.post("/v1/disputes/" + id, "evidence[receipt]=" + receipt + "&evidence[product_description]=A+hat");
        world.job("disputes");
        run("disputes", "list", "acct_world");
        assertThat(out.toString()).contains("under_review", "hand over, then resolve");
        assertThat(run("disputes", "show", "acct_world", id)).isZero();
        assertThat(out.toString()).contains("at cardinity: chargeback ", "product_description: A hat", "receipt: receipt of Ona.pdf, " + FilesTest.PDF.length + " bytes");
        Path to = directory.resolve("case");
        assertThat(run("disputes", "evidence", "acct_world", id, "--to", to.toString(), "--handed-over")).as(err.toString()).isZero();
        assertThat(Files.readString(to.resolve("evidence.txt"))).contains("product_description: A hat");
        assertThat(Files.readAllBytes(to.resolve("receipt-receipt_of_Ona.pdf"))).isEqualTo(FilesTest.PDF);
        run("disputes", "list", "acct_world");
        assertThat(out.toString()).contains("resolve when decided");
        assertThat(run("disputes", "evidence", "acct_world", id, "--to", to.toString(), "--handed-over")).isEqualTo(1);
        assertThat(run("disputes", "resolve", "acct_world", id, "won")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("status: won");
        assertThat(world.get("/v1/disputes/" + id).text("/balance_transactions/1/amount")).isEqualTo("2000");
        assertThat(world.eventTypes(id)).endsWith("charge.dispute.funds_reinstated", "charge.dispute.closed");
        assertThat(run("audit", "acct_world", "--object", id)).isZero();
        assertThat(out.toString()).contains("dispute.hand_over", "dispute.resolve", "under_review");
        assertThat(run("doctor")).as(out.toString()).isZero();
    }

    @Test
    void a_wrong_entry_is_mended_by_another() {
        String id = disputed();
        run("disputes", "resolve", "acct_world", id, "won");
        assertThat(run("disputes", "resolve", "acct_world", id, "won")).isZero();
        assertThat(run("disputes", "resolve", "acct_world", id, "lost")).isZero();
        assertThat(world.get("/v1/disputes/" + id).text("/status")).isEqualTo("lost");
        assertThat(world.column("charge", String.valueOf(world.get("/v1/disputes/" + id).text("/charge")), "amount_disputed")).isEqualTo("2000");
        assertThat(world.get("/v1/balance_transactions?source=" + id).body().path("data")).hasSize(3);
        // What the provider repeats does not undo what an operator entered.
        world.job("disputes");
        assertThat(world.get("/v1/disputes/" + id).text("/status")).isEqualTo("lost");
        run("disputes", "list", "acct_world");
        assertThat(out.toString()).doesNotContain(id);
        run("disputes", "list", "acct_world", "--all");
        assertThat(out.toString()).contains(id);
    }

    @Test
    void what_is_wrong_is_told() {
        assertThat(run("disputes", "show", "acct_world", "dp_unknown")).isEqualTo(1);
        assertThat(err.toString()).contains("dp_unknown", "disputes list");
        assertThat(run("disputes", "resolve", "acct_world", "dp_unknown", "drawn")).isEqualTo(2);
        assertThat(err.toString()).contains("expected won or lost");
        assertThat(run("disputes", "show", "acct_stranger", disputed())).isEqualTo(1);
    }
}
