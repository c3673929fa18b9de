package dev.bezant.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.bezant.acceptance.Chromium.button;
import static dev.bezant.acceptance.Chromium.fillCard;
import static dev.bezant.acceptance.Chromium.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A payer in a real browser: our pages, the simulated bank's, the simulated provider's. Pictures are in {@code target/screenshots}. */
class BrowserTest {
    @TempDir
    private static Path parent;

    private static Server server;
    private static Merchant merchant;
    private static Shop shop;
    private static Chromium browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void a_server_a_shop_and_a_browser() throws IOException {
        browser = Chromium.launch();
        server = Server.start(parent.resolve("data"));
        merchant = Merchant.of(server);
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

    @Test
    void a_passed_challenge_leads_back_to_the_shop_and_the_payment_succeeds() {
        JsonNode intent = challenged();
        Page page = page();
        page.navigate(intent.at("/next_action/redirect_to_url/url").asString());
        assertThat(page.getByText("Your bank asks: is it you?")).isVisible();
        picture(page, "bank");
        button(page, "Pass").click();
        page.waitForURL(shop.address() + "**");
        assertReturned(page, intent, "succeeded");
        assertThat(merchant.get("/v1/payment_intents/" + intent.path("id").asString()).state()).isEqualTo("succeeded");
        // The same link once more: nothing is asked or done again.
        page.navigate(intent.at("/next_action/redirect_to_url/url").asString());
        assertReturned(page, intent, "succeeded");
    }

    @Test
    void a_failed_challenge_leads_back_to_the_shop_and_another_card_may_follow() {
        JsonNode intent = challenged();
        Page page = page();
        page.navigate(intent.at("/next_action/redirect_to_url/url").asString());
        button(page, "Fail").click();
        page.waitForURL(shop.address() + "**");
        assertReturned(page, intent, "failed");
        var after = merchant.get("/v1/payment_intents/" + intent.path("id").asString());
        assertThat(after.state()).isEqualTo("requires_payment_method");
        assertThat(after.text("/last_payment_error/code")).isEqualTo("payment_intent_authentication_failure");
    }

    @Test
    void without_scripts_buttons_do_the_same() {
        context.close();
        context = browser.newContextWithoutScripts();
        JsonNode intent = challenged();
        Page page = page();
        page.navigate(intent.at("/next_action/redirect_to_url/url").asString());
        picture(page, "to-the-bank");
        button(page, "Continue to your bank").click();
        button(page, "Pass").click();
        picture(page, "back-to-the-shop");
        button(page, "Continue").click();
        page.waitForURL(shop.address() + "**");
        assertReturned(page, intent, "succeeded");
    }

    @Test
    void our_pages_speak_to_the_payer_whatever_happens() {
        Page page = page();
        var unknown = page.navigate(server.variable("BEZANT_URL") + "/pay/authenticate/acct_none/ch_none/none");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(page.getByText("This link does not work")).isVisible();
        picture(page, "unknown-link");
        complaints.removeIf(it -> it.contains("404"));

        // Without a return_url our own page ends it.
        var intent = merchant.post("/v1/payment_intents", "amount=1999&currency=eur&confirm=true&payment_method=pm_card_threeDSecure2Required");
        page.navigate(intent.text("/next_action/redirect_to_url/url"));
        button(page, "Pass").click();
        assertThat(page.getByText("Payment confirmed")).isVisible();
        picture(page, "confirmed");
    }

    @Test
    void the_providers_hosted_page_takes_a_card_through_the_bank_back_to_the_shop() {
        Page page = page();
        page.setContent(CardinityAccount.standard(server).shopPage(Map.of("amount", "12.34", "currency", "EUR", "country", "LT", "order_id", "ORDER-7", "description", "Two books",
                "return_url", shop.address() + "hosted", "cancel_url", shop.address() + "canceled")));
        button(page, "To the payment").click();
        assertThat(page.getByText("12.34 EUR")).isVisible();
        picture(page, "hosted");
        fillCard(page, "4000000000003220");
        picture(page, "hosted-filled");
        button(page, "Pay").click();
        button(page, "Pass").click();
        page.waitForURL(shop.address() + "hosted");
        assertThat(shop.last("/hosted")).containsEntry("status", "approved").containsEntry("order_id", "ORDER-7").containsEntry("amount", "12.34");
        assertThat(Merchant.ofSandbox(server).get("/control/ledger?reference=ORDER-7").json().path("data").size()).isEqualTo(1);
    }

    @Test
    void a_payment_link_is_paid_once_after_a_declined_card() {
        String url = CardinityAccount.standard(server).paymentLink(
                "{\"amount\":\"25.00\",\"currency\":\"EUR\",\"country\":\"LT\",\"description\":\"Gift card\",\"multiple_use\":false}");
        Page page = page();
        page.navigate(url);
        assertThat(page.getByText("Gift card")).isVisible();
        picture(page, "link");
        fillCard(page, "4000000000000002");
        button(page, "Pay").click();
        assertThat(page.getByText("The card was declined")).isVisible();
        picture(page, "link-declined");
        fillCard(page, "4242424242424242");
        button(page, "Pay").click();
        assertThat(page.getByText("Thank you")).isVisible();
        picture(page, "link-paid");
        page.navigate(url);
        assertThat(page.getByText("Not payable")).isVisible();
        // The statuses of a declined card and of a link that is spent.
        complaints.removeIf(it -> it.contains("402") || it.contains("410"));
    }

    @Test
    void the_description_of_the_api_can_be_read_with_and_without_scripts() {
        for (boolean scripts : List.of(true, false)) {
            context.close();
            context = scripts ? browser.newContext() : browser.newContextWithoutScripts();
            Page page = page();
            page.navigate(server.variable("BEZANT_URL") + "/docs");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Bezant API")).first()).isVisible();
            picture(page, "docs");
            page.getByRole(AriaRole.NAVIGATION).getByText("Create a refund").click();
            Locator operation = page.locator("#createRefund");
            assertThat(operation.getByText("/v1/refunds").first()).isVisible();
            operation.getByText("Refusals").click();
            assertThat(operation.getByText("charge_already_refunded")).isVisible();
            picture(page, "docs-operation");
        }
    }

    @Test
    void the_description_fits_a_phone_and_the_dark() {
        context.close();
        context = browser.newContextOfDarkPhone();
        Page page = page();
        page.navigate(server.variable("BEZANT_URL") + "/docs#createPaymentIntent");
        assertThat(page.locator("#createPaymentIntent").getByText("/v1/payment_intents").first()).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).as("nothing sticks out").isEqualTo(true);
        picture(page, "docs-phone");
    }

    private Page page() {
        return Chromium.page(context, complaints::add);
    }

    private static JsonNode challenged() {
        var intent = merchant.post("/v1/payment_intents", "amount=1999&currency=eur&confirm=true&payment_method=pm_card_threeDSecure2Required&return_url="
                + URLEncoder.encode(shop.address() + "back?order=7#done", StandardCharsets.UTF_8));
        assertThat(intent.state()).as(intent.body()).isEqualTo("requires_action");
        return intent.json();
    }

    /** The documented parameters, and what the shop's address had already. */
    private static void assertReturned(Page page, JsonNode intent, String status) {
        assertThat(page.url()).startsWith(shop.address() + "back?order=7&").endsWith("#done");
        assertThat(shop.last("/back")).containsEntry("payment_intent", intent.path("id").asString())
                .containsEntry("payment_intent_client_secret", intent.path("client_secret").asString())
                .containsEntry("redirect_status", status).containsEntry("order", "7");
    }
}
