package dev.bezant.acceptance;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A real browser without a window. */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of(System.getenv().getOrDefault("BEZANT_CHROMIUM", "/usr/bin/chromium"));
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int PICTURE_TRIES = 5;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium launch() {
        if (!Files.isExecutable(PROGRAM)) {
            throw new AssertionError("There is no " + PROGRAM + ". Run: apt-get update && apt-get install -y chromium"
                    + " (or name another one in BEZANT_CHROMIUM)");
        }
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(driverEnvironment()));
        var options = new BrowserType.LaunchOptions().setExecutablePath(PROGRAM).setHeadless(true).setArgs(List.of(
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"));
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    /** Knows nothing of others. */
    BrowserContext newContext() {
        return browser.newContext();
    }

    BrowserContext newContextWithoutScripts() {
        return browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    }

    /** A phone whose owner likes the dark. */
    BrowserContext newContextOfDarkPhone() {
        return browser.newContext(new Browser.NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK));
    }

    /** @param complaints told what was blocked and which script failed */
    static Page page(BrowserContext context, Consumer<String> complaints) {
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.accept(message.text());
            }
        });
        page.onPageError(complaints);
        return page;
    }

    static Locator button(Page page, String label) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
    }

    /** What the sandbox's card forms ask for. */
    static void fillCard(Page page, String number) {
        page.getByLabel("Name on card").fill("Ona Petraite");
        page.getByLabel("Card number").fill(number);
        page.getByLabel("Month").fill("12");
        page.getByLabel("Year").fill("2031");
        page.getByLabel("CVC").fill("739");
    }

    /** For people to look at. A busy machine's browser now and then has no frame to give, which says nothing of the page. */
    static void picture(Page page, String name) {
        for (int left = PICTURE_TRIES; left > 0; left--) {
            try {
                page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
                return;
            } catch (PlaywrightException e) {
                if (!String.valueOf(e.getMessage()).contains("Unable to capture screenshot")) {
                    throw e;
                }
            }
        }
        System.getLogger(Chromium.class.getName()).log(System.Logger.Level.WARNING, "There is no picture of {0}: the browser had no frame", name);
    }

    /** Node alone; the driver is not to look for a browser to download. */
    private static Map<String, String> driverEnvironment() {
        var environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return environment;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
