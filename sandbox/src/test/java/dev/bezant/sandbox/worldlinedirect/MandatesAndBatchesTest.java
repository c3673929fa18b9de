package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.RunningSandbox;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RunningSandbox
class MandatesAndBatchesTest {
    private static final String IBAN = "NL91ABNA0417164300";

    private final Control control;
    private final DirectMerchant merchant;

    MandatesAndBatchesTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private Exchange create(String iban, String more) {
        return merchant.post("/mandates", "{\"customerReference\":\"c-1\",\"recurrenceType\":\"RECURRING\",\"customer\":{\"bankAccountIban\":{\"iban\":\""
                + iban + "\"}}" + more + "}");
    }

    private int change(String reference, String change) {
        return merchant.post("/mandates/" + reference + "/" + change, change.equals("revoke") ? "{}" : "").status();
    }

    @Test
    void a_mandate_is_blocked_unblocked_and_revoked() {
        var created = create(IBAN, "");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().has("merchantAction")).isFalse();
        var reference = created.at("/mandate/uniqueMandateReference");
        assertThat(merchant.get("/mandates/" + reference).at("/mandate/status")).isEqualTo("ACTIVE");
        assertThat(change(reference, "unblock")).isEqualTo(400);
        assertThat(change(reference, "block")).isEqualTo(200);
        assertThat(change(reference, "block")).isEqualTo(400);
        assertThat(change(reference, "unblock")).isEqualTo(200);
        assertThat(change(reference, "block")).isEqualTo(200);
        assertThat(change(reference, "revoke")).isEqualTo(200);
        assertThat(change(reference, "revoke")).isEqualTo(400);
        assertThat(change(reference, "block")).isEqualTo(400);
        assertThat(change(reference, "unblock")).isEqualTo(400);
        assertThat(merchant.get("/mandates/" + reference).at("/mandate/status")).isEqualTo("REVOKED");
    }

    @Test
    void unknown_mandates_are_not_found_but_for_one_call() {
        assertThat(merchant.get("/mandates/none").status()).isEqualTo(404);
        assertThat(change("none", "block")).isEqualTo(404);
        assertThat(change("none", "unblock")).isEqualTo(404);
        assertThat(change("none", "revoke")).isEqualTo(400);
        assertThat(create("NL91ABNA0417164301", "").status()).isEqualTo(400);
    }

    @Test
    void a_signed_mandate_is_collected_from() {
        var created = create(IBAN, ",\"signatureType\":\"SMS\",\"returnUrl\":\"https://shop.example/signed\",\"uniqueMandateReference\":\"M-1\"");
        assertThat(create(IBAN, ",\"uniqueMandateReference\":\"M-1\"").status()).as("taken").isEqualTo(400);
        var debit = new DirectBody().without("cardPaymentMethodSpecificInput").with("sepaDirectDebitPaymentMethodSpecificInput",
                "{\"paymentProductId\":771,\"paymentProduct771SpecificInput\":{\"existingUniqueMandateReference\":\"M-1\"}}");
        assertThat(merchant.pay(debit).status()).as("not signed yet").isEqualTo(400);
        var url = created.at("/merchantAction/redirectData/redirectURL");
        assertThat(Page.get(url).html()).contains("SEPA mandate M-1");
        assertThat(Page.post(url, Map.of("sign", "yes")).header("Location")).startsWith("https://shop.example/signed?RETURNMAC=");
        var paid = merchant.pay(debit);
        assertThat(paid.at("/payment/paymentOutput/paymentMethod")).isEqualTo("directDebit");
        assertThat(control.movements(merchant.account())).containsExactly("sale 1000 eur");
    }

    @Test
    void a_batch_is_done_when_told_to_and_once() {
        var payment = merchant.paid(DirectBody.of(800));
        var batch = "{\"header\":{\"merchantBatchReference\":\"B-1\",\"operationType\":\"Mixed\",\"itemCount\":4},"
                + "\"createPayments\":[" + DirectBody.sale(100).reference("b-1") + "," + DirectBody.card("4000000000000002") + "],"
                + "\"capturePayments\":[{\"paymentId\":\"" + payment + "\",\"capture\":{\"amount\":300}},{\"paymentId\":\"1_0\",\"capture\":{}}]}";
        var submitted = merchant.post("/merchant-batches", batch);
        assertThat(submitted.at("/merchantBatchReference") + submitted.at("/totalCount")).isEqualTo("B-14");
        assertThat(control.movements(merchant.account())).containsExactly("authorization 800 eur");
        assertThat(merchant.get("/merchant-batches/B-1").at("/status")).isEqualTo("STORED");
        assertThat(merchant.post("/merchant-batches/B-1/process", "").status()).isEqualTo(204);
        assertThat(merchant.post("/merchant-batches/B-1/process", "").status()).isEqualTo(400);
        assertThat(merchant.get("/merchant-batches/B-1").at("/status")).isEqualTo("PROCESSED");
        assertThat(control.movements(merchant.account())).containsExactlyInAnyOrder("authorization 800 eur", "sale 100 eur", "capture 300 eur");
        var report = merchant.get("/merchant-batches/B-1/reports/payments");
        assertThat(report.json().path("payments")).extracting(result -> result.path("httpStatusCode").asInt())
                .containsExactlyInAnyOrder(201, 404, 201, 402);
    }

    @Test
    void a_batch_without_a_name_or_with_a_wrong_count_is_refused() {
        assertThat(merchant.post("/merchant-batches", "{\"header\":{\"merchantBatchReference\":\"\"}}").status()).isEqualTo(400);
        assertThat(merchant.post("/merchant-batches", "{\"header\":{\"merchantBatchReference\":\"B-2\",\"itemCount\":3}}").status()).isEqualTo(400);
        assertThat(merchant.get("/merchant-batches/none").status()).isEqualTo(404);
        assertThat(merchant.post("/merchant-batches/none/process", "").status()).isEqualTo(404);
    }
}
