package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.RunningSandbox;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products and services (section 1.1). */
@RunningSandbox
class ServicesTest {
    private final Control control;
    private final DirectMerchant merchant;

    ServicesTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private List<Integer> products(String query) {
        var ids = new ArrayList<Integer>();
        merchant.get("/products?" + query).json().path("paymentProducts").forEach(product -> ids.add(product.path("id").asInt()));
        return ids;
    }

    @Test
    void products_are_those_of_the_country_and_currency() {
        assertThat(products("countryCode=NL&currencyCode=EUR")).contains(1, 2, 3, 809, 840, 771).doesNotContain(3012, 5407);
        assertThat(products("countryCode=BE&currencyCode=EUR")).contains(1, 3012, 840).doesNotContain(809);
        assertThat(products("countryCode=CH&currencyCode=CHF")).contains(5407).doesNotContain(809, 771);
        assertThat(products("countryCode=NL&currencyCode=USD")).contains(1, 840).doesNotContain(809);
        assertThat(products("countryCode=NL&currencyCode=EUR&isRecurring=True")).contains(1, 840).doesNotContain(809);
    }

    @Test
    void a_product_has_hints_and_fields_that_can_be_hidden() {
        var visa = merchant.get("/products/1?countryCode=NL&currencyCode=EUR");
        assertThat(visa.at("/displayHints/label")).isEqualTo("Visa");
        assertThat(visa.at("/paymentProductGroup")).isEqualTo("Cards");
        assertThat(visa.at("/usesRedirectionTo3rdParty")).isEqualTo("false");
        assertThat(visa.json().path("fields")).hasSize(4);
        assertThat(merchant.get("/products/1?countryCode=NL&currencyCode=EUR&hide=fields&hide=accountsOnFile").json().path("fields")).isEmpty();
        assertThat(merchant.get("/products/809?countryCode=NL&currencyCode=EUR").at("/usesRedirectionTo3rdParty")).isEqualTo("true");
        var logo = Exchange.send("GET", URI.create(visa.at("/displayHints/logo")), null, Map.of());
        assertThat(logo.body()).startsWith("<svg").contains("Visa");
    }

    @ParameterizedTest
    @CsvSource({"/products,400", "/products?countryCode=XX,400", "/products?countryCode=NL&currencyCode=INVALID,400", "/products/1,400",
        "/products/-1?countryCode=NL&currencyCode=EUR,404", "/products/-1/networks?countryCode=NL&currencyCode=EUR&amount=1,404",
        "/products/-1/directory?countryCode=NL&currencyCode=EUR,404", "/productgroups,400", "/productgroups/none?countryCode=NL,404",
        "/productgroups/CARDS?countryCode=NL,200", "/products/302/networks?countryCode=NL&currencyCode=EUR,200",
        "/products/809/directory?countryCode=NL&currencyCode=EUR,200", "/productgroups?countryCode=NL&currencyCode=EUR,200"})
    void products_and_groups_are_found_or_not(String path, int status) {
        assertThat(merchant.get(path).status()).isEqualTo(status);
    }

    @Test
    void an_unknown_product_says_so() {
        var unknown = merchant.get("/products/999999?countryCode=NL&currencyCode=EUR");
        assertThat(unknown.at("/errors/0/id") + unknown.at("/errors/0/code")).isEqualTo("UNKNOWN_PRODUCT_ID1007");
    }

    @Test
    void apple_pays_session_is_made_for_apple_pay_alone() {
        var body = "{\"paymentProductSession302SpecificInput\":{\"displayName\":\"Shop\",\"domainName\":\"shop.example\"}}";
        assertThat(merchant.post("/products/302/sessions", body).at("/paymentProductSession302SpecificOutput/session")).isNotEmpty();
        assertThat(merchant.post("/products/-1/sessions", body).status()).isEqualTo(400);
        assertThat(merchant.post("/products/302/sessions", "{}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"401200,1,Visa,Credit,BE", "520082,3,Mastercard,Debit,US", "400000440,1,Visa,Credit,LT"})
    void a_bin_tells_the_card(String bin, int product, String scheme, String type, String country) {
        var details = merchant.post("/services/getIINdetails", "{\"bin\":\"" + bin + "\",\"paymentContext\":{\"countryCode\":\"BE\",\"amountOfMoney\":"
                + "{\"amount\":1000,\"currencyCode\":\"EUR\"}}}");
        assertThat(details.at("/paymentProductId")).isEqualTo(Integer.toString(product));
        assertThat(details.at("/cardScheme") + " " + details.at("/cardType") + " " + details.at("/countryCode"))
                .isEqualTo(scheme + " " + type + " " + country);
        assertThat(details.at("/isAllowedInContext")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"bin\":\"123\"}", "{}"})
    void a_bin_that_is_none_is_refused(String body) {
        assertThat(merchant.post("/services/getIINdetails", body).status()).isEqualTo(400);
    }

    @Test
    void another_currency_is_proposed_where_the_card_has_one() {
        var rate = merchant.post("/services/dccrate", "{\"cardSource\":{\"card\":{\"cardNumber\":\"4242424242424242\"}},\"transaction\":{\"amount\":"
                + "{\"amount\":1000,\"currencyCode\":\"EUR\"}}}");
        assertThat(rate.at("/result/result")).isEqualTo("Allowed");
        assertThat(rate.at("/proposal/targetAmount/currencyCode")).isEqualTo("USD");
        assertThat(rate.at("/proposal/targetAmount/amount")).isEqualTo("1120");
        var same = merchant.post("/services/dccrate", "{\"cardSource\":{\"card\":{\"cardNumber\":\"4012000033330026\"}},\"transaction\":{\"amount\":"
                + "{\"amount\":1000,\"currencyCode\":\"EUR\"}}}");
        assertThat(same.at("/result/result")).isEqualTo("NoRate");
    }

    @Test
    void a_surcharge_is_added_up() {
        var surcharge = merchant.post("/services/surchargecalculation",
                "{\"amountOfMoney\":{\"amount\":1000,\"currencyCode\":\"EUR\"},\"cardSource\":{\"card\":{\"cardNumber\":\"5425233430109903\"}}}");
        assertThat(surcharge.at("/surcharges/0/result")).isEqualTo("OK");
        assertThat(surcharge.at("/surcharges/0/surchargeAmount/amount")).isEqualTo("45");
        assertThat(surcharge.at("/surcharges/0/totalAmount/amount")).isEqualTo("1045");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /services/dccrate             | {"transaction":{"amount":{"amount":1000,"currencyCode":"EUR"}}}
            /services/dccrate             | {"cardSource":{"card":{"cardNumber":"4242424242424242"}},"transaction":{"amount":{"amount":-1000,"currencyCode":"EUR"}}}
            /services/surchargecalculation| {"amountOfMoney":{"amount":1000,"currencyCode":"EUR"}}
            /services/surchargecalculation| {"amountOfMoney":{"amount":-1000,"currencyCode":"EUR"},"cardSource":{"card":{"cardNumber":"5425233430109903"}}}
            """)
    void without_a_card_or_an_amount_nothing_is_calculated(String path, String body) {
        assertThat(merchant.post(path, body).status()).isEqualTo(400);
    }

    @Test
    void a_privacy_policy_is_html() {
        assertThat(merchant.get("/services/privacypolicy?locale=en_GB&paymentProductId=1").at("/htmlContent")).contains("<h1>");
        assertThat(merchant.get("/services/privacypolicy?paymentProductId=999999").status()).isEqualTo(404);
    }

    @Test
    void a_revoked_account_is_no_longer_connected() {
        assertThat(merchant.get("/services/testconnection").at("/result")).isEqualTo("OK");
        control.delete("accounts?provider=worldline-direct&account=" + merchant.account());
        assertThat(merchant.get("/services/testconnection").status()).isEqualTo(403);
    }
}
