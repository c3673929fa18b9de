package dev.bezant.corefy;

import dev.bezant.sdk.SecretText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Bodies in the shape of docs/protocols/corefy.md, and settings for a server of the test's own. */
final class Fixtures {
    static final String INVOICE = "cpi_0000000000000001";

    private Fixtures() {}

    static CorefyConfig.Builder config(ScriptedServer server) {
        return CorefyConfig.builder().baseUrl(server.uri("/api")).cardGateUrl(server.uri("/gate")).accountId("coma_0000000000000001")
                .apiKey(SecretText.of("api_key_example")).publicKey("pk_test_1").testMode(true);
    }

    static NewInvoice newInvoice(String reference) {
        return NewInvoice.builder(reference, NewInvoice.cardService("EUR"), new BigDecimal("50.00"), "EUR").build();
    }

    /** An invoice that waits for a card. */
    static String invoice(String reference, String status) {
        return document(resource(reference, status, "50"));
    }

    static String document(String resource) {
        return "{\"data\":" + resource + "}";
    }

    /** Empty maps are arrays, and what is not there is null: that is how Corefy writes. */
    static String resource(String reference, String status, String amount) {
        return """
                {"type":"payment-invoices","id":"%s","attributes":{"status":"%s","resolution":"ok","resolution_message":null,
                 "reference_id":"%s","amount":%s,"currency":"EUR","test_mode":true,"moderation_required":false,"serial_number":"A-7",
                 "created":1700000000,"updated":1700000007.5,"processed_amount":null,"refunds":[],"metadata":[],"payload":[],
                 "flow_data":{"action":"http://localhost/hpp/","method":"GET","params":{"cpi":"%s"},
                  "metadata":{"sid":"cgi_0000000000000001","token":"%s"}},
                 "hpp_url":"http://localhost/hpp/?cpi=%s","fee":0.35,"something_new":{"a":[1,"b",true]}},
                 "relationships":{"active-payment":{"data":null}},"links":[]}"""
                .formatted(INVOICE, status, reference, amount, INVOICE, token(Instant.now().plusSeconds(3600)), INVOICE);
    }

    static String token(Instant expires) {
        String claims = "{\"sid\":\"cgi_0000000000000001\",\"expires\":" + expires.getEpochSecond() + ",\"exp\":" + expires.getEpochSecond() + "}";
        return encoded("{\"alg\":\"HS256\"}") + "." + encoded(claims) + ".c2lnbmF0dXJl";
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    static Card card() {
        return new Card(SecretText.of("5123817234060000"), 4, 30, SecretText.of("0123"), "Ona Petraite");
    }

    static BrowserInfo browser() {
        return new BrowserInfo("text/html", 24, "192.0.2.7", false, "en-US", 1080, 1920, -120, "Mozilla/5.0", 900, 1600);
    }
}
