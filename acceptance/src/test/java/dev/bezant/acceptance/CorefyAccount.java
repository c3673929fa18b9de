package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A merchant's account at the simulated Corefy, for the pages that a payer visits there.
 *
 * @see "docs/protocols/corefy.md, sections 1 to 4"
 */
final class CorefyAccount {
    private final String url;
    private final JsonNode credentials;

    private CorefyAccount(JsonNode account) {
        this.url = account.path("url").asString();
        this.credentials = account.path("credentials");
    }

    static CorefyAccount standard(Server server) {
        return new CorefyAccount(Merchant.ofSandbox(server).get("/control/accounts?provider=corefy&account=default").json().at("/data/0"));
    }

    /** From now on it takes any number of calls a minute. */
    static void liftLimit(Server server) {
        Merchant control = Merchant.ofSandbox(server);
        String account = "/control/accounts?provider=corefy&account=default";
        var credentials = (ObjectNode) control.get(account).json().at("/data/0/credentials");
        // It is told, not set.
        credentials.remove("card_gate_url");
        credentials.put("rate_limit_per_minute", "0");
        assertThat(control.send(control.request(account).DELETE()).status()).isEqualTo(200);
        assertThat(control.postJson("/control/accounts", "{\"provider\":\"corefy\",\"account\":\"default\",\"credentials\":" + credentials + "}").status())
                .isEqualTo(200);
    }

    /**
     * A new invoice of 12.34 EUR.
     *
     * @param more attributes, each with a comma in front
     */
    Merchant.Answer invoice(String reference, String service, String more) {
        return call("POST", "/api/payment-invoices", "{\"data\":{\"type\":\"payment-invoices\",\"attributes\":{\"reference_id\":\"" + reference
                + "\",\"service\":\"" + service + "\",\"currency\":\"EUR\",\"amount\":12.34,\"test_mode\":true" + more + "}}}");
    }

    String status(Merchant.Answer invoice) {
        return call("GET", "/api/payment-invoices/" + invoice.text("/data/id"), null).text("/data/attributes/status");
    }

    /** Charges a card from server to server. */
    Merchant.Answer sale(Merchant.Answer invoice, String number) {
        return send(HttpRequest.newBuilder(URI.create(credentials.path("card_gate_url").asString() + "/payment/sale"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + invoice.text("/data/attributes/flow_data/metadata/token"))
                .POST(BodyPublishers.ofString("{\"data\":{\"type\":\"sale-operation\",\"attributes\":{\"card_number\":\"" + number
                        + "\",\"card_holder\":\"Ona Petraite\",\"cvv\":\"739\",\"exp_month\":\"12\",\"exp_year\":\"31\"}}}")));
    }

    String publicKey() {
        return credentials.path("public_key").asString();
    }

    String url() {
        return url;
    }

    private Merchant.Answer call(String method, String path, @Nullable String body) {
        String pair = credentials.path("account_id").asString() + ":" + credentials.path("api_key").asString();
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private Merchant.Answer send(HttpRequest.Builder request) {
        return new Merchant(url, "none").send(request);
    }
}
