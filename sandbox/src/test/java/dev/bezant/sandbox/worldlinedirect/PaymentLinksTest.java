package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.RunningSandbox;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RunningSandbox
class PaymentLinksTest {
    private final Control control;
    private final DirectMerchant merchant;

    PaymentLinksTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private Exchange create(String more) {
        var created = merchant.post("/paymentlinks", "{\"order\":{\"amountOfMoney\":{\"amount\":1000,\"currencyCode\":\"EUR\"},\"references\":"
                + "{\"merchantReference\":\"l-1\"}},\"paymentLinkSpecificInput\":{\"description\":\"d\",\"recipientName\":\"A\"}" + more + "}");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        return created;
    }

    private Exchange read(Exchange link) {
        return merchant.get("/paymentlinks/" + link.at("/paymentLinkId"));
    }

    /** The page that the link leads to. */
    private String open(Exchange link) {
        return Page.get(link.at("/redirectionUrl")).header("Location");
    }

    private Page pay(String checkout, String number) {
        return Page.post(checkout, Map.of("method", "card", "cardNumber", number, "expiryDate", "1240", "cvv", "123", "cardholderName", "A"));
    }

    @Test
    void a_link_is_created_and_read() {
        var link = create(",\"displayQRCode\":true,\"isReusableLink\":true");
        assertThat(link.at("/paymentLinkId")).hasSize(36);
        assertThat(link.at("/status")).isEqualTo("ACTIVE");
        assertThat(link.at("/redirectionUrl")).startsWith(merchant.uri() + "/paymentlink/");
        assertThat(link.at("/isReusableLink")).isEqualTo("true");
        assertThat(link.at("/paymentLinkOrder/merchantReference")).isEqualTo("l-1");
        assertThat(link.at("/paymentLinkEvents/0/type")).isEqualTo("CREATED");
        assertThat(Base64.getDecoder().decode(link.at("/qrCodeBase64"))).startsWith(0x89, 'P', 'N', 'G');
        assertThat(read(link).json()).isEqualTo(link.json());
        assertThat(create("").json().has("qrCodeBase64")).isFalse();
    }

    @Test
    void it_is_paid_once() {
        var link = create("");
        var first = open(link);
        var second = open(link);
        assertThat(pay(first, "4242424242424242").html()).contains("Thank you");
        var paid = read(link);
        assertThat(paid.at("/status")).isEqualTo("PAID");
        assertThat(merchant.get("/payments/" + paid.at("/paymentId")).at("/status")).isEqualTo("PENDING_CAPTURE");
        assertThat(paid.at("/paymentLinkEvents/1/type")).isEqualTo("PAID");
        assertThat(Page.get(link.at("/redirectionUrl")).status()).isEqualTo(410);
        assertThat(pay(second, "4242424242424242").html()).as("another payer was on the page already").contains("was declined");
        assertThat(control.ledger("reference=l-1&account=" + merchant.account())).hasSize(1);
    }

    @Test
    void a_payment_that_waits_pays_it_once_it_is_approved() {
        var link = merchant.post("/paymentlinks", "{\"order\":{\"amountOfMoney\":{\"amount\":1251,\"currencyCode\":\"EUR\"}}}");
        pay(open(link), "4012000033330026");
        assertThat(read(link).at("/status")).isEqualTo("ACTIVE");
        control.post("clock", "{\"advance\":\"PT1H1S\"}");
        assertThat(read(link).at("/status")).isEqualTo("PAID");
    }

    @Test
    void a_reusable_one_is_paid_again() {
        var link = create(",\"isReusableLink\":true");
        pay(open(link), "4242424242424242");
        pay(open(link), "4242424242424242");
        assertThat(read(link).at("/status")).isEqualTo("ACTIVE");
        assertThat(control.movements(merchant.account())).hasSize(2);
    }

    @Test
    void it_is_cancelled_once() {
        var link = create("");
        assertThat(merchant.post("/paymentlinks/" + link.at("/paymentLinkId") + "/cancel", "").status()).isEqualTo(204);
        assertThat(read(link).at("/status")).isEqualTo("CANCELLED");
        assertThat(read(link).at("/paymentLinkEvents/1/type")).isEqualTo("CANCELLED");
        assertThat(merchant.post("/paymentlinks/" + link.at("/paymentLinkId") + "/cancel", "").status()).isEqualTo(404);
        assertThat(Page.get(link.at("/redirectionUrl")).status()).isEqualTo(410);
    }

    @Test
    void it_expires() {
        var link = create("");
        control.post("clock", "{\"advance\":\"PT24H1M\"}");
        assertThat(read(link).at("/status")).isEqualTo("EXPIRED");
        assertThat(Page.get(link.at("/redirectionUrl")).status()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"order\":{\"amountOfMoney\":{\"amount\":-1,\"currencyCode\":\"EUR\"}}}",
        "{\"order\":{\"amountOfMoney\":{\"amount\":1,\"currencyCode\":\"EUR\"}},\"expirationDate\":\"2020-01-01T00:00:00+00:00\"}",
        "{\"order\":{\"amountOfMoney\":{\"amount\":1,\"currencyCode\":\"EUR\"}},\"expirationDate\":\"2099-01-01T00:00:00+00:00\"}", "{}"})
    void what_cannot_be_used_is_refused(String body) {
        assertThat(merchant.post("/paymentlinks", body).status()).isEqualTo(400);
    }

    @Test
    void unknown_and_malformed_ids_are_told_apart() {
        assertThat(merchant.get("/paymentlinks/8e037fbb-fe5b-4781-b109-b3e93d5f2c0d").status()).isEqualTo(404);
        assertThat(merchant.get("/paymentlinks/abc").status()).isEqualTo(400);
        assertThat(merchant.post("/paymentlinks/8e037fbb-fe5b-4781-b109-b3e93d5f2c0d/cancel", "").status()).isEqualTo(404);
    }
}
