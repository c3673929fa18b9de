package dev.bezant.interop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A payer in a real browser at the simulated Worldline Direct. Pictures are in {@code target/screenshots}. */
class WorldlineDirectPagesTest {
    private static final Path CHROMIUM = Path.of(System.getenv().getOrDefault("BEZANT_CHROMIUM", "/usr/bin/chromium"));
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static SandboxProcess sandbox;
    private static DirectClient client;
    private static Shop shop;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void a_sandbox_a_shop_and_a_browser() throws IOException {
        if (!Files.isExecutable(CHROMIUM)) {
            throw new AssertionError("There is no " + CHROMIUM + ". Run: apt-get update && apt-get install -y chromium"
                    + " (or name another one in BEZANT_CHROMIUM)");
        }
        var environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setHeadless(true).setArgs(List.of(
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync")));
        sandbox = SandboxProcess.start();
        client = new DirectClient(sandbox);
        shop = Shop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
        sandbox.close();
        browser.close();
        playwright.close();
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
        var page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    }

    private static Locator button(Page page, String label) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
    }

    private static void fillCard(Page page, String number) {
        page.getByLabel("Card number").fill(number);
        page.getByLabel("Expiry (MM/YY)").fill("12/40");
        page.getByLabel("CVV").fill("739");
        page.getByLabel("Name on card").fill("Ona Petraite");
    }

    private static JsonNode checkout(String reference) {
        return client.post("/hostedcheckouts", "{\"order\":{\"amountOfMoney\":{\"amount\":1234,\"currencyCode\":\"EUR\"},\"references\":"
                + "{\"merchantReference\":\"" + reference + "\"}},\"hostedCheckoutSpecificInput\":{\"returnUrl\":\"" + shop.address() + "/back?order=7\","
                + "\"cardPaymentMethodSpecificInput\":{\"tokenizationMode\":\"createWithConsent\"}}}");
    }

    private static String status(JsonNode checkout) {
        return client.get("/hostedcheckouts/" + checkout.path("hostedCheckoutId").asString()).at("/createdPaymentOutput/payment/status").asString();
    }

    private static void assertBack(Page page, JsonNode checkout) {
        page.waitForURL(shop.address() + "/back**");
        assertThat(page.url()).isEqualTo(shop.address() + "/back?order=7&RETURNMAC=" + checkout.path("RETURNMAC").asString()
                + "&hostedCheckoutId=" + checkout.path("hostedCheckoutId").asString());
    }

    @Test
    void a_hosted_checkout_takes_a_card_after_a_declined_one() {
        var checkout = checkout("browser-1");
        var page = page();
        page.navigate(checkout.path("redirectUrl").asString());
        assertThat(page.getByText("12.34 EUR")).isVisible();
        picture(page, "checkout");
        fillCard(page, "4000000000000002");
        button(page, "Pay").click();
        assertThat(page.getByText("The payment was declined")).isVisible();
        picture(page, "checkout-declined");
        fillCard(page, "4242 4242 4242 4242");
        page.getByLabel("Remember this card").check();
        button(page, "Pay").click();
        assertThat(page.getByText("Thank you")).isVisible();
        picture(page, "checkout-paid");
        page.getByText("Back to the shop").click();
        assertBack(page, checkout);
        assertThat(status(checkout)).isEqualTo("PENDING_CAPTURE");
        complaints.removeIf(it -> it.contains("402"));
    }

    @Test
    void a_hosted_checkout_leads_through_the_bank() {
        var checkout = checkout("browser-2");
        var page = page();
        page.navigate(checkout.path("redirectUrl").asString());
        fillCard(page, "4000002760003184");
        button(page, "Pay").click();
        assertThat(page.getByText("Your bank asks: is it you?")).isVisible();
        picture(page, "challenge");
        button(page, "Pass").click();
        page.getByText("Back to the shop").click();
        assertBack(page, checkout);
        assertThat(status(checkout)).isEqualTo("PENDING_CAPTURE");
    }

    @Test
    void a_hosted_checkout_takes_two_redirect_methods() {
        for (var method : List.of("iDEAL", "PayPal")) {
            var checkout = checkout("browser-" + method);
            var page = page();
            page.navigate(checkout.path("redirectUrl").asString());
            button(page, method).click();
            assertThat(page.getByText("Pay with " + method)).isVisible();
            picture(page, "bank-" + method.toLowerCase(Locale.ROOT));
            button(page, "Pay").click();
            page.getByText("Back to the shop").click();
            assertBack(page, checkout);
            assertThat(status(checkout)).isEqualTo("CAPTURED");
        }
    }

    @Test
    void without_scripts_and_in_the_dark_the_same_can_be_done() {
        context.close();
        context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false).setColorScheme(ColorScheme.DARK)
                .setViewportSize(390, 844));
        var checkout = checkout("browser-3");
        var page = page();
        page.navigate(checkout.path("redirectUrl").asString());
        picture(page, "checkout-dark");
        button(page, "Cancel").click();
        assertThat(page.getByText("The payment was cancelled.")).isVisible();
        picture(page, "cancelled-dark");
        assertThat(status(checkout)).isEqualTo("CANCELLED");
    }

    @Test
    void a_payment_link_is_paid_once() {
        var link = client.post("/paymentlinks", "{\"order\":{\"amountOfMoney\":{\"amount\":2500,\"currencyCode\":\"EUR\"},\"references\":"
                + "{\"merchantReference\":\"gift\"}},\"paymentLinkSpecificInput\":{\"description\":\"Gift card\"}}");
        var page = page();
        page.navigate(link.path("redirectionUrl").asString());
        fillCard(page, "5555555555554444");
        button(page, "Pay").click();
        assertThat(page.getByText("25.00 EUR was paid.")).isVisible();
        page.navigate(link.path("redirectionUrl").asString());
        assertThat(page.getByText("Not payable")).isVisible();
        picture(page, "link-spent");
        complaints.removeIf(it -> it.contains("410"));
    }

    @Test
    void a_shop_embeds_the_tokenizer_by_its_contract() {
        var session = client.post("/hostedtokenizations", "{\"locale\":\"en_GB\",\"askConsumerConsent\":true}");
        var page = embed(session, "{hideCardholderName: false, validationCallback: r => window.valid = r.valid, "
                + "surchargeCallback: r => window.surcharge = r.surcharge}");
        var frame = page.frameLocator("#div-hosted-tokenization iframe");
        assertThat(frame.getByLabel("Card number")).isVisible();
        frame.getByLabel("Card number").fill("4242");
        assertThat(submitted(page)).containsEntry("success", false);
        assertThat(frame.getByText("must be 12 to 19 digits")).isVisible();
        picture(page, "tokenizer-wrong");
        fill(frame, "4242 4242 4242 4242");
        picture(page, "tokenizer");
        page.evaluate("tokenizer.setAmount(1000, 'EUR')");
        page.waitForFunction("window.surcharge && window.surcharge.result.surchargeAmount.amount === 45");
        assertThat(submitted(page)).containsEntry("success", true)
                .containsEntry("hostedTokenizationId", session.path("hostedTokenizationId").asString());
        assertThat(page.evaluate("window.valid")).isEqualTo(true);
        var read = client.get("/hostedtokenizations/" + session.path("hostedTokenizationId").asString());
        assertThat(read.at("/token/card/alias").asString()).isEqualTo("************4242");
        assertThat(read.at("/token/isTemporary").asBoolean()).isTrue();
        page.evaluate("tokenizer.destroy()");
        assertThat(page.locator("iframe")).hasCount(0);
    }

    @Test
    void a_known_card_is_used_again_in_the_frame() {
        var token = client.post("/tokens", "{\"paymentProductId\":1,\"card\":{\"data\":{\"card\":{\"cardNumber\":\"4012000033330026\",\"expiryDate\":"
                + "\"1240\",\"cvv\":\"123\"}}}}").path("token").asString();
        var session = client.post("/hostedtokenizations", "{\"locale\":\"en_GB\",\"tokens\":\"" + token + "\"}");
        var page = embed(session, "{hideCardholderName: true}");
        var frame = page.frameLocator("#div-hosted-tokenization iframe");
        assertThat(frame.getByLabel("Name on card")).isHidden();
        page.evaluate("tokenizer.useToken('" + token + "')");
        assertThat(frame.getByLabel("Card number")).isHidden();
        picture(page, "tokenizer-saved");
        frame.getByLabel("CVV").fill("123");
        assertThat(submitted(page)).containsEntry("success", true);
        var read = client.get("/hostedtokenizations/" + session.path("hostedTokenizationId").asString());
        assertThat(read.path("tokenStatus").asString() + read.at("/token/id").asString()).isEqualTo("UNCHANGED" + token);
    }

    /** As a shop's page does it: the script with its integrity, a div, and initialize(). */
    private Page embed(JsonNode session, String options) {
        shop.page("/pay", "<!doctype html><title>Shop</title><body style=\"font-family:sans-serif;max-width:28rem;margin:2rem auto\"><h1>Your order</h1>"
                + "<script src=\"" + client.url() + "/hostedtokenization/js/client/tokenizer.min.js\" integrity=\"" + session.path("sri").asString()
                + "\" crossorigin=\"anonymous\"></script><div id=\"div-hosted-tokenization\"></div><script>const tokenizer = new Tokenizer('"
                + session.path("hostedTokenizationUrl").asString() + "', 'div-hosted-tokenization', " + options
                + "); window.initialized = tokenizer.initialize();</script>");
        var page = page();
        page.navigate(shop.address() + "/pay");
        page.evaluate("window.initialized");
        return page;
    }

    private static void fill(FrameLocator frame, String number) {
        frame.getByLabel("Card number").fill(number);
        frame.getByLabel("Expiry (MM/YY)").pressSequentially("1240");
        frame.getByLabel("Name on card").fill("Ona Petraite");
        frame.getByLabel("CVV").fill("123");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> submitted(Page page) {
        return (Map<String, Object>) page.evaluate("tokenizer.submitTokenization()");
    }

    @Test
    void hosted_fields_fill_their_session_from_a_shops_page() {
        var session = client.post("/hostedfields/sessions", "{\"locale\":\"en_GB\"}");
        shop.page("/fields", "<!doctype html><title>Shop</title><script src=\"" + session.path("sdkUrl").asString() + "\" integrity=\""
                + session.path("sdkSri").asString() + "\" crossorigin=\"anonymous\"></script>");
        var page = page();
        page.navigate(shop.address() + "/fields");
        page.evaluate("new HostedFieldsSession(" + session.path("sessionData") + ")"
                + ".submit({cardNumber: '4242424242424242', expiryDate: '1240', cvv: '123'})");
        var id = session.at("/sessionData/hostedFieldsSessionId").asString();
        assertThat(client.get("/hostedfields/sessions/" + id).at("/token/maskedPan").asString()).isEqualTo("************4242");
    }
}
