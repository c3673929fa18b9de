package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Runs every flow with known card numbers and secrets, then looks for them in everything the server writes: what it prints, its
 * logs, its tables, the raw files of its data directory (dead rows and write-ahead log included), its answers, events and metrics.
 *
 * <p>Descriptions, names and metadata are the merchant's own text and are kept as they came; they are not among the wrong places
 * for a card number that are tried here.
 */
class CanaryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String VISA = "4000056655665556";
    private static final String MASTERCARD = "5555555555554444";
    private static final String AMEX = "378282246310005";
    private static final String DISCOVER = "6011000990139424";
    private static final String DECLINED = "4000000000009995";
    private static final String CHALLENGED = "4000002760003184";
    private static final String BEHIND_TOKEN = "4242424242424242";
    /** Only ever sent where no card number belongs. */
    private static final String MISPLACED = "5105105105105100";

    private static final String CVC = "739";
    private static final String AMEX_CVC = "7391";
    private static final String CONSUMER_SECRET = "canary0consumer0secret0f3c1d8e27ab94605";
    private static final String PROJECT_SECRET = "canary0project0secret0b8d04e91c67f2a35";

    @TempDir
    private Path parent;

    private final Hook good = Hook.open(Hook.Manner.GOOD);
    private final Hook quoting = Hook.open(Hook.Manner.QUOTES_A_CARD);

    @AfterEach
    void close() {
        good.close();
        quoting.close();
    }

    /** At the level that says most: what it does not say, the others do not say either. */
    @Test
    void no_card_number_cvc_or_key_is_written_anywhere_but_in_the_vault() throws IOException {
        everyFlow("debug");
    }

    @Test
    @Tag("long")
    void nor_is_it_at_the_level_that_servers_run_at() throws IOException {
        everyFlow("info");
    }

    /** Two endpoints that hear of everything; one of them has had its secret rolled, the other one quotes a card in its answers. */
    private List<String> webhooks(Server server) {
        // Not the merchant whose answers are looked through: these are where a secret is shown.
        Merchant owner = Merchant.of(server);
        String rolled = "/v1/webhook_endpoints/" + endpoint(owner, good).id() + "/roll_secret";
        List<Merchant.Answer> shown = List.of(endpoint(owner, good), endpoint(owner, quoting), owner.post(rolled, "overlap=3600"));
        return shown.stream().map(answer -> answer.text("/secret")).toList();
    }

    private static Merchant.Answer endpoint(Merchant owner, Hook hook) {
        return owner.send(owner.request("/v1/webhook_endpoints").header("Content-Type", "application/x-www-form-urlencoded")
                .header("Idempotency-Key", UUID.randomUUID().toString()).POST(BodyPublishers.ofString("url=" + hook.url() + "&enabled_events[]=*")));
    }

    private void everyFlow(String level) throws IOException {
        // Faults that make us wait are to end soon.
        Files.writeString(parent.resolve("bezant.properties"),
                "log.level = " + level + "\npayments.provider_timeout_ms = 1500\npayments.send_window_ms = 1000\n");
        try (Server server = Server.start(data())) {
            Merchant merchant = Merchant.of(server);
            Merchant sandbox = Merchant.ofSandbox(server);
            List<String> standardSecrets = sandbox.get("/control/accounts?provider=cardinity").json().findValuesAsString("consumer_secret");
            connectWithSecrets(server);
            List<String> webhookSecrets = webhooks(server);
            String otherKey = command("keys", "create", "quickstart").out().strip();

            savedCards(merchant);
            challenges(merchant);
            new Misplaced(merchant, MISPLACED).everywhere();
            malformedRequests(server);
            providerFaults(merchant, sandbox);
            assertThat(new Merchant(server.variable("BEZANT_URL"), otherKey).get("/v1/charges").status()).isEqualTo(200);
            merchant.get("/v1/events?limit=100");
            merchant.get("/v1/charges?limit=100");
            merchant.get("/v1/payment_intents?limit=100");
            merchant.get("/metrics");
            await().atMost(PATIENCE).until(() -> good.count() > 20 && quoting.count() > 20);
            webhooksAsShown(merchant);
            for (String filter : List.of("", "&method=POST", "&status=4xx", "&path=/v1/payment_methods")) {
                assertThat(merchant.get("/v1/request_logs?limit=100" + filter).json().path("data").size()).as(filter).isGreaterThan(50);
            }

            Needles needles = cards().secret("API key of quickstart.env", server.variable("BEZANT_SECRET_KEY"))
                    .secret("publishable API key", server.variable("BEZANT_PUBLISHABLE_KEY"))
                    .secret("API key from 'keys create'", otherKey)
                    .secret("provider's consumer secret", CONSUMER_SECRET)
                    .secret("provider's project secret", PROJECT_SECRET);
            webhookSecrets.forEach(it -> needles.secret("webhook secret", it));
            standardSecrets.forEach(it -> needles.secret("consumer secret of the sandbox's standard account", it));
            assertThat(standardSecrets).isNotEmpty();
            var sinks = new Sinks(data(), needles);
            assertThat(Integer.parseInt(sinks.query("select count(*) from request_log where params like '%[redacted]%'"))).as("redacted requests").isGreaterThan(10);
            assertNothingIn(sinks, server, merchant);
            assertThat(cards().in(sandbox.get("/control/requests?limit=1000").body())).as("the sandbox's log of requests").isEmpty();
        }
    }

    @Test
    void a_planted_secret_is_found_in_every_sink() throws IOException {
        try (Server server = Server.start(data(), "--no-sandbox")) {
            var sinks = new Sinks(data(), cards());
            assertThat(sinks.tables()).isEmpty();
            assertThat(sinks.files()).isEmpty();

            sinks.execute("create table planted (text_column text, bytes_column bytea, number_column bigint, dead_column text)");
            sinks.execute("insert into planted values ('card 4000 0566 5566 5556!', '\\x" + "35353535353535353535353534343434" + "', " + DISCOVER + ", null)");
            Files.writeString(data().resolve("logs/postgres.log"), "{\"cvc\":\"" + AMEX_CVC + "\"}", StandardOpenOption.APPEND);
            assertThat(sinks.tables()).containsOnlyKeys("public.planted.text_column", "public.planted.bytes_column", "public.planted.number_column");
            assertThat(sinks.files().keySet()).contains("logs/postgres.log").anyMatch(file -> file.startsWith("postgres/cluster/base/"))
                    .anyMatch(file -> file.startsWith("postgres/cluster/pg_wal/"));
            assertThat(sinks.text("base64", "eyJwYW4iOiI0MDAwMDU2NjU1NjY1NTU2In0=")).isNotEmpty();
            assertThat(sinks.text("form", "card%5Bcvc%5D=739&card[number]=5555%205555%205555%204444").values().iterator().next()).hasSize(2);
            assertThat(sinks.text("chance", "amount 7391, order 739, id pm_0Vc739")).isEmpty();

            sinks.execute("update planted set text_column = null, number_column = null, bytes_column = null, dead_column = '" + AMEX_CVC + "'");
            sinks.execute("delete from planted");
            assertThat(sinks.tables()).isEmpty();
            assertThat(sinks.files().values()).as("dead rows").anyMatch(found -> found.contains("CVC 7391 as a column"));
            assertThat(server.status("/health/ready", "none")).isEqualTo(200);
        }
    }

    private static void webhooksAsShown(Merchant merchant) {
        for (JsonNode endpoint : merchant.get("/v1/webhook_endpoints").json().path("data")) {
            String deliveries = "/v1/webhook_endpoints/" + endpoint.path("id").asString() + "/deliveries";
            for (JsonNode delivery : merchant.get(deliveries).json().path("data")) {
                merchant.get(deliveries + "/" + delivery.path("id").asString());
            }
        }
    }

    private static Needles cards() {
        var needles = new Needles().cvc(CVC).cvc(AMEX_CVC);
        List.of(VISA, MASTERCARD, AMEX, DISCOVER, DECLINED, CHALLENGED, BEHIND_TOKEN, MISPLACED).forEach(needles::pan);
        return needles;
    }

    private static void assertNothingIn(Sinks sinks, Server server, Merchant merchant) {
        assertThat(sinks.query("select count(*) from vault_card")).as("cards in the vault").isNotEqualTo("0");
        // All places at once, so that a failure shows every one.
        var hits = new TreeMap<>(sinks.text("standard output and error", server.printed()));
        hits.putAll(sinks.answers(merchant.answers()));
        hits.putAll(sinks.tables());
        hits.putAll(sinks.files());
        assertThat(hits).isEmpty();
    }

    /** An account at the provider whose secrets we know, tried first. */
    private void connectWithSecrets(Server server) throws IOException {
        Merchant sandbox = Merchant.ofSandbox(server);
        String credentials = "{\"consumer_key\":\"canary-key\",\"consumer_secret\":\"" + CONSUMER_SECRET + "\",\"project_id\":\"canary-project\","
                + "\"project_secret\":\"" + PROJECT_SECRET + "\"}";
        assertThat(sandbox.postJson("/control/accounts", "{\"provider\":\"cardinity\",\"account\":\"canary\",\"credentials\":" + credentials + "}").status())
                .isLessThan(300);
        Path input = Files.writeString(parent.resolve("credentials"), credentials);
        // Through a shell: its redirection is the standard input.
        String added = command(new Shell().script(Path.of("/bin/sh")).with("INPUT", input.toString()), "-c",
                "script=$1; shift; exec \"$script\" \"$@\" < \"$INPUT\"", "sh", Shell.HOME.resolve("bezant").toString(),
                "providers", "add", "quickstart", "cardinity", "--name", "canary", "--setting", "url=" + server.variable("BEZANT_SANDBOX_CARDINITY_URL"),
                "--setting", "default_country=LT", "--setting", "default_holder=Test Cardholder").out().strip();
        Files.delete(input);
        var order = new ArrayList<>(List.of("providers", "order", "quickstart", added));
        command("providers", "list", "quickstart").out().lines()
                .filter(line -> line.startsWith("pa_") && !line.startsWith(added)).map(line -> line.split(" ")[0]).forEach(order::add);
        command(order.toArray(String[]::new));
        Merchant merchant = Merchant.of(server);
        await().atMost(PATIENCE).until(() -> merchant.post("/v1/payment_intents", "amount=500&currency=eur&payment_method=pm_card_visa&confirm=true")
                .text("/charges/data/0/provider_account").equals(added));
    }

    private static void savedCards(Merchant merchant) {
        String visa = created(merchant.post("/v1/payment_methods", card(VISA, CVC)));
        String mastercard = created(merchant.postJson("/v1/payment_methods", "{\"type\":\"card\",\"card\":{\"number\":\"" + MASTERCARD
                + "\",\"exp_month\":12,\"exp_year\":2031,\"cvc\":\"" + CVC + "\"},\"billing_details\":{\"name\":\"Ada\"}}"));
        String amex = created(merchant.post("/v1/payment_methods", card(AMEX, AMEX_CVC)));
        // Its CVC is never used.
        created(merchant.post("/v1/payment_methods", card(DISCOVER, CVC)));
        String customer = created(merchant.post("/v1/customers", "name=Ada"));
        assertThat(merchant.post("/v1/payment_methods/" + visa + "/attach", "customer=" + customer).status()).isEqualTo(200);

        var sale = pay(merchant, visa, "&customer=" + customer);
        assertThat(sale.state()).isEqualTo("succeeded");
        assertThat(merchant.post("/v1/refunds", "payment_intent=" + sale.id() + "&amount=300").state()).isEqualTo("succeeded");
        var authorized = pay(merchant, mastercard, "&capture_method=manual");
        assertThat(authorized.state()).isEqualTo("requires_capture");
        assertThat(merchant.post("/v1/payment_intents/" + authorized.id() + "/capture", "").state()).isEqualTo("succeeded");
        var released = pay(merchant, amex, "&capture_method=manual");
        assertThat(merchant.post("/v1/payment_intents/" + released.id() + "/cancel", "").state()).isEqualTo("canceled");
        String declined = created(merchant.post("/v1/payment_methods", card(DECLINED, CVC)));
        assertThat(pay(merchant, declined, "").status()).isEqualTo(402);
        assertThat(merchant.post("/v1/payment_methods", card("4242424242424241", CVC)).status()).isEqualTo(402);
    }

    private static void challenges(Merchant merchant) {
        for (String decision : List.of("pass", "fail", "error")) {
            var waiting = pay(merchant, created(merchant.post("/v1/payment_methods", card(CHALLENGED, CVC))), "&return_url=https://shop.example/back");
            assertThat(waiting.state()).isEqualTo("requires_action");
            var back = new ScriptlessBrowser(merchant).challenge(waiting.text("/next_action/redirect_to_url/url"), decision);
            assertThat(back.status()).isEqualTo(303);
        }
        // Somebody types a card number where the issuer's answer belongs.
        var waiting = pay(merchant, created(merchant.post("/v1/payment_methods", card(CHALLENGED, CVC))), "&return_url=https://shop.example/back");
        String page = URI.create(waiting.text("/next_action/redirect_to_url/url")).getPath().replace("/authenticate/", "/return/");
        merchant.post(page, "cres=" + MISPLACED + "&PaRes=" + MISPLACED + "&" + MISPLACED + "=1");
    }

    /** Requests that end before routing. */
    private static void malformedRequests(Server server) throws IOException {
        for (String request : List.of(
                MISPLACED + " / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /" + MISPLACED + " HTTP/" + MISPLACED + "\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nCard " + MISPLACED + "\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: " + MISPLACED + "\r\nCon\ttent: " + MISPLACED + "\r\n\r\n",
                "POST /v1/customers HTTP/1.1\r\nHost: a\r\nContent-Length: " + MISPLACED + "\r\n\r\n",
                "POST /v1/customers HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + MISPLACED + "zz\r\n",
                MISPLACED + "\r\n\r\n")) {
            URI url = URI.create(server.variable("BEZANT_URL"));
            try (var socket = new Socket(url.getHost(), url.getPort())) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(cards().in(answer)).as(request).isEmpty();
            }
        }
    }

    private static void providerFaults(Merchant merchant, Merchant sandbox) {
        for (String fault : List.of("half_response", "garbage", "error_before_effect", "error_after_effect", "reset_after_effect", "stall", "refuse")) {
            String method = created(merchant.post("/v1/payment_methods", card(AMEX, AMEX_CVC)));
            String id = sandbox.postJson("/control/faults", "{\"provider\":\"cardinity\",\"fault\":\"" + fault + "\""
                    + (fault.equals("refuse") ? "" : ",\"operation\":\"createPayment\"") + "}").id();
            var paid = pay(merchant, method, "");
            assertThat(paid.status()).as(fault + ": " + paid.body()).isIn(200, 402, 502);
            sandbox.send(sandbox.request("/control/faults/" + id).DELETE());
        }
        // What is unknown is asked about; its answers are read too.
        await().atMost(PATIENCE).until(() -> merchant.get("/v1/payment_intents?limit=100").body().contains("\"latest_charge\""));
    }

    private static Merchant.Answer pay(Merchant merchant, String method, String more) {
        return merchant.post("/v1/payment_intents", "amount=1999&currency=eur&confirm=true&payment_method=" + method + more);
    }

    private static String card(String number, String cvc) {
        return "type=card&card[number]=" + number + "&card[exp_month]=12&card[exp_year]=2031&card[cvc]=" + cvc;
    }

    private static String created(Merchant.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.id();
    }

    private Shell.Result command(String... command) {
        return command(new Shell(), command);
    }

    private Shell.Result command(Shell shell, String... command) {
        String[] all = Arrays.copyOf(command, command.length + 2);
        all[command.length] = "--data";
        all[command.length + 1] = data().toString();
        Shell.Result result = shell.run(all);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private Path data() {
        return parent.resolve("data");
    }

    /** A card number in every place that is not for card numbers and not the merchant's own text either. */
    private record Misplaced(Merchant merchant, String pan) {
        void everywhere() {
            inPaths();
            inQueries();
            inBodies();
            inHeaders();
        }

        private void inPaths() {
            for (String path : List.of("/v1/customers/", "/v1/payment_intents/", "/v1/payment_methods/", "/v1/charges/", "/v1/refunds/", "/v1/events/", "/v1/disputes/", "/v1/files/", "/v1/balance_transactions/", "/v1/",
                    "/", "/pay/authenticate/a/b/", "/pay/return/a/b/")) {
                merchant.get(path + pan);
                merchant.get(path + pan.substring(0, 4) + "%20" + pan.substring(4, 8) + "%20" + pan.substring(8, 12) + "%20" + pan.substring(12));
                keyed(path + pan, "");
                merchant.send(merchant.request(path + pan).DELETE());
            }
            for (String path : List.of("/v1/payment_intents/" + pan + "/confirm", "/v1/payment_intents/" + pan + "/capture",
                    "/v1/payment_intents/" + pan + "/cancel", "/v1/payment_methods/" + pan + "/attach", "/v1/payment_methods/" + pan + "/detach",
                    "/v1/refunds/" + pan + "/cancel")) {
                assertThat(keyed(path, path.endsWith("attach") ? "customer=" + pan : "").status()).as(path).isBetween(400, 404);
            }
        }

        private void inQueries() {
            for (String query : List.of("limit=P", "starting_after=P", "ending_before=P", "customer=P", "created[gte]=P", "created=P", "expand[]=P", "P=1",
                    "number=P", "payment_intent=P", "source=P", "purpose=P", "page=P", "query=P", "query=status:'P'", "query=metadata['P']:'x'", "query=P:'x'")) {
                for (String list : List.of("payment_intents", "customers", "charges", "refunds", "events", "payment_methods", "disputes", "files",
                        "balance_transactions", "payment_intents/search", "charges/search", "customers/search")) {
                    merchant.get("/v1/" + list + "?" + query.replace("P", pan));
                }
            }
            merchant.post("/v1/payment_intents?card[number]=" + pan, "amount=100&currency=eur");
        }

        private void inBodies() {
            for (String form : List.of("P=1", "card[number]=P", "card[P]=1", "number=P", "amount=P", "amount=1000&currency=P", "customer=P", "customer_id=P",
                    "payment_method=P", "payment_method=P&confirm=true", "capture_method=P", "confirmation_method=P", "confirm=P", "payment_method_types[]=P",
                    "off_session=P", "return_url=P", "setup_future_usage=P", "expand[]=P", "currency[P]=1", "amount[P]=1&amount=P", "P[P][P]=P",
                    "payment_method_options[card][P]=1", "payment_method_options[card][request_three_d_secure]=P", "use_stripe_sdk=P", "%P", "a=%P")) {
                keyed("/v1/payment_intents", ("amount=1000&currency=eur&" + form).replace("P", pan));
                keyed("/v1/payment_intents", form.replace("P", pan));
            }
            for (String form : List.of("type=P", "type=card&card=P", "type=card&card[number]=P&card[exp_month]=P", "type=card&card[number]=P&card[exp_month]=12&card[exp_year]=P",
                    "type=card&card[number]=P&card[exp_month]=12&card[exp_year]=2031&card[cvc]=P", "type=card&card[number]=P0&card[exp_month]=12&card[exp_year]=2031",
                    "type=card&card[token]=P", "type=card&card[number]=P&billing_details[address][country]=P", "type=card&card[number][P]=P",
                    "type=card&card[number]=P&card[exp_month]=12&card[exp_year]=2020&card[cvc]=739", "allow_redisplay=P", "payment_method=P")) {
                keyed("/v1/payment_methods", form.replace("P", pan));
            }
            for (String form : List.of("charge=P", "payment_intent=P", "charge=P&amount=P", "charge=ch_x&reason=P", "payment_intent=pi_x&amount=P")) {
                keyed("/v1/refunds", form.replace("P", pan));
            }
            for (String form : List.of("evidence[receipt]=P", "evidence[P]=x", "submit=P", "P=x", "evidence=P", "evidence[customer_email_address]=P")) {
                keyed("/v1/disputes/dp_none", form.replace("P", pan));
                keyed("/v1/charges/ch_none", form.replace("P", pan));
            }
            for (String form : List.of("source=P", "default_source=P", "balance=P", "invoice_settings[P]=x", "tax_id_data[0][type]=P", "tax_id_data[P]=x")) {
                keyed("/v1/customers", form.replace("P", pan));
            }
            file("purpose", "dispute_evidence", "file\"; filename=\"" + pan + ".pdf", "%PDF-1.7 of a card");
            file("purpose", "dispute_evidence", "file\"; filename=\"card " + pan.substring(0, 4) + " " + pan.substring(4, 8) + " " + pan.substring(8, 12) + " "
                    + pan.substring(12) + ".pdf", "%PDF-1.7 of a card");
            file("purpose", pan, pan, "%PDF-1.7");
            file(pan, "dispute_evidence", "file", "%PDF-1.7");
            for (String json : List.of("{\"card\":{\"number\":\"P\",\"cvc\":\"739\"", "{\"number\":P}", "{\"amount\":P,\"currency\":\"eur\"}", "{\"amount\":P.5}", "\"P\"", "P",
                    "[P]", "{\"P\":1}", "{\"P\":1,\"P\":2}", "{\"amount\":\"P\",\"currency\":\"eur\"}", "{\"metadata\":P}", "{\"customer\":P}", "{P:1}",
                    "{\"payment_method\":{\"card\":{\"number\":\"P\",\"cvc\":\"739\"}}}", "{\"amount\":P000000000000000000000}")) {
                merchant.postJson("/v1/payment_intents", json.replace("P", pan));
                merchant.postJson("/v1/payment_methods", json.replace("P", pan));
            }
        }

        /** A body of two parts, as forms send files. */
        private void file(String field, String value, String name, String content) {
            String body = "--b\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value
                    + "\r\n--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n--b--\r\n";
            merchant.send(merchant.request("/v1/files").header("Content-Type", "multipart/form-data; boundary=b").POST(BodyPublishers.ofString(body)));
        }

        private void inHeaders() {
            for (String header : List.of("Idempotency-Key", "User-Agent", "Content-Type", "Accept", "Accept-Language", "Stripe-Version", "Stripe-Account",
                    "Authorization", "X-Forwarded-For", "Origin", "Referer", "Cookie", "X-Request-Id", "Traceparent")) {
                for (String value : List.of(pan, "Bearer " + pan, "Basic " + pan, "sk_test_" + pan, "text/" + pan, "card " + pan.substring(0, 4) + "-"
                        + pan.substring(4, 8) + "-" + pan.substring(8, 12) + "-" + pan.substring(12))) {
                    merchant.send(merchant.request("/v1/payment_intents").setHeader(header, value)
                            .POST(BodyPublishers.ofString("amount=1000&currency=eur&payment_method=pm_card_visa&confirm=true")));
                }
            }
        }

        /** With an idempotency key, so that something may be stored. */
        private Merchant.Answer keyed(String path, String form) {
            return merchant.send(merchant.request(path).header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Idempotency-Key", UUID.randomUUID().toString()).POST(BodyPublishers.ofString(form)));
        }
    }
}
