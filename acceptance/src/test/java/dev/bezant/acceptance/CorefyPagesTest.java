package dev.bezant.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.bezant.acceptance.Chromium.button;
import static dev.bezant.acceptance.Chromium.fillCard;
import static dev.bezant.acceptance.Chromium.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A payer in a real browser at the simulated Corefy: its hosted page, the bank's page, and the way back. */
class CorefyPagesTest {
    private static final String CARDS = "payment_card_eur_hpp";

    @TempDir
    private static Path parent;

    private static Server server;
    private static CorefyAccount account;
    private static Shop shop;
    private static Chromium browser;

    private final List<String> complaints = new ArrayList<>();
    private final String reference = "ORD-" + UUID.randomUUID();
    private BrowserContext context;

    @BeforeAll
    static void a_sandbox_a_shop_and_a_browser() throws IOException {
        browser = Chromium.launch();
        server = Server.start(parent.resolve("data"));
        account = CorefyAccount.standard(server);
        shop = Shop.open();
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
        server.close();
        browser.close();
    }

    @BeforeEach
    void a_browser_that_knows_nothing() {
        context = browser.newContext();
    }

    @AfterEach
    void nothing_was_blocked_and_no_script_failed() {
        context.close();
        assertThat(complaints).as("what the browser's console said").isEmpty();
    }

    private Page page() {
        return Chromium.page(context, complaints::add);
    }

    private static String returning() {
        return ",\"description\":\"Two books\",\"return_urls\":{\"success\":\"" + shop.address() + "ok\",\"pending\":\"" + shop.address()
                + "wait\",\"fail\":\"" + shop.address() + "no\"}";
    }

    private JsonNode movements() {
        return Merchant.ofSandbox(server).get("/control/ledger?provider=corefy&reference=" + reference).json().path("data");
    }

    @Test
    void the_hosted_page_takes_a_second_card_through_the_bank_back_to_the_shop() {
        var invoice = account.invoice(reference, CARDS, returning());
        Page page = page();
        page.navigate(invoice.text("/data/attributes/hpp_url"));
        assertThat(page.getByText("12.34 EUR")).isVisible();
        picture(page, "corefy-hosted");
        fillCard(page, "4000000000000002");
        button(page, "Pay").click();
        assertThat(page.getByText("The payment was declined")).isVisible();
        picture(page, "corefy-declined");
        fillCard(page, "5123817234060000");
        button(page, "Pay").click();
        assertThat(page.getByText("Your bank asks: is it you?")).isVisible();
        picture(page, "corefy-bank");
        button(page, "Pass").click();
        page.waitForURL(shop.address() + "ok");
        assertThat(account.status(invoice)).isEqualTo("processed");
        assertThat(movements().size()).isEqualTo(1);
        // The same page once more: nothing is asked or done again.
        page.navigate(invoice.text("/data/attributes/hpp_url"));
        page.waitForURL(shop.address() + "ok");
        complaints.removeIf(it -> it.contains("402"));
    }

    @Test
    void a_challenge_from_server_to_server_needs_the_merchant_for_nothing_but_the_form() {
        var invoice = account.invoice(reference, CARDS, returning());
        JsonNode payload = account.sale(invoice, "4000000000003220").json().path("auth_payload");
        Page page = page();
        var form = new StringBuilder("<form method=\"post\" action=\"" + payload.path("action").asString() + "\">");
        payload.path("params").properties().forEach(it -> form.append("<input type=\"hidden\" name=\"").append(it.getKey()).append("\" value=\"")
                .append(it.getValue().asString()).append("\">"));
        page.setContent(form + "<button>To your bank</button></form>");
        button(page, "To your bank").click();
        button(page, "Fail").click();
        page.waitForURL(shop.address() + "no");
        assertThat(account.status(invoice)).isEqualTo("process_failed");
        assertThat(movements().size()).isZero();
    }

    @Test
    void without_scripts_buttons_do_the_same() {
        context.close();
        context = browser.newContextWithoutScripts();
        var invoice = account.invoice(reference, CARDS, returning());
        Page page = page();
        page.navigate(invoice.text("/data/attributes/hpp_url"));
        fillCard(page, "5123817234060000");
        button(page, "Pay").click();
        picture(page, "corefy-to-the-bank");
        button(page, "Continue").click();
        button(page, "Pass").click();
        button(page, "Continue").click();
        page.waitForURL(shop.address() + "ok");
        assertThat(account.status(invoice)).isEqualTo("processed");
    }

    @Test
    void a_method_without_cards_is_decided_on_the_page_and_a_payer_may_leave() {
        var invoice = account.invoice(reference, "ideal_eur_hpp", returning());
        Page page = page();
        page.navigate(invoice.text("/data/attributes/hpp_url"));
        assertThat(page.getByText("iDEAL")).isVisible();
        picture(page, "corefy-ideal");
        button(page, "Cancel").click();
        page.waitForURL(shop.address() + "no");
        assertThat(account.status(invoice)).isEqualTo("terminated");
    }

    @Test
    void a_link_with_the_public_key_is_paid_on_a_page_that_says_so() {
        Page page = page();
        page.navigate(account.url() + "/hpp/?public_key=" + account.publicKey() + "&amount=25&currency=EUR&description=Gift+card&reference_id="
                + reference);
        assertThat(page.getByText("Gift card")).isVisible();
        fillCard(page, "4242424242424242");
        button(page, "Pay").click();
        assertThat(page.getByText("Thank you, 25.00 EUR is paid.")).isVisible();
        picture(page, "corefy-paid");
        assertThat(movements().size()).isEqualTo(1);
    }
}
