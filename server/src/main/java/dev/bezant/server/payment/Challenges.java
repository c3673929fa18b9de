package dev.bezant.server.payment;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.database.Database;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.Html;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.PageRoute.PageRequest;
import dev.bezant.server.http.PageRoute.PageResponse;
import dev.bezant.server.http.PageRoute;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pages between the payer's browser and the challenge: one sends it there, one takes it back.
 *
 * <p>The way back claims the completion before it is sent, so that a browser that posts twice, a cancel and an expiry cannot all
 * win. Nothing here relies on cookies: the way back is a cross-site POST.
 */
final class Challenges {
    private static final Logger LOG = LoggerFactory.getLogger(Challenges.class);

    private static final String CLAIM_COMPLETION = """
            with moved as (
                update payment_intent set version = version + 1, status = 'processing', next_action = null
                 where account_id = :account and id = :intent and status = 'requires_action'
                   and exists (select 1 from charge where account_id = :account and id = :charge and state = 'requires_action')
                returning id
            ), charge_moved as (
                update charge
                   set state = 'completing', action_expires_at = null, send_before = now() + make_interval(secs => :send_window_ms / 1000.0),
                       give_up_at = now() + make_interval(secs => :give_up_ms / 1000.0)
                 where account_id = :account and id = :charge and state = 'requires_action' and exists (select 1 from moved)
                returning id
            )
            select case when (select count(*) from moved) = 0 then 0 else 1 / (select count(*) from charge_moved) end as moved
            """;

    /** The server has to confirm again: what the bank's page sent back is kept until then. */
    private static final String KEEP_ANSWER = """
            with moved as (
                update payment_intent set version = version + 1, status = 'requires_confirmation', next_action = null
                 where account_id = :account and id = :intent and status = 'requires_action'
                   and exists (select 1 from charge where account_id = :account and id = :charge and state = 'requires_action')
                returning id
            ), charge_moved as (
                update charge set action = action || jsonb_build_object('answer', :answer::jsonb)
                 where account_id = :account and id = :charge and state = 'requires_action' and exists (select 1 from moved)
                returning id
            )
            select case when (select count(*) from moved) = 0 then 0 else 1 / (select count(*) from charge_moved) end as moved
            """;

    private static final String CLAIM_AGAIN = """
            with ready as (
                select 1 from payment_intent
                 where account_id = :account and id = :intent and version = :version_read and status = 'requires_confirmation'
                   and exists (select 1 from charge where account_id = :account and id = :charge and state = 'requires_action')
                   for update
            ),""" + Idempotency.CLAIM + """
            , moved as (
                update payment_intent set version = version + 1, status = 'processing'
                 where account_id = :account and id = :intent and exists (select 1 from won)
                returning id
            ), charge_moved as (
                update charge
                   set state = 'completing', action_expires_at = null, idempotency_id = :idem_id::text,
                       send_before = now() + make_interval(secs => :send_window_ms / 1000.0),
                       give_up_at = now() + make_interval(secs => :give_up_ms / 1000.0)
                 where account_id = :account and id = :charge and state = 'requires_action' and exists (select 1 from moved)
                returning id
            )
            select case when (select count(*) from moved) = 0 then 0 else 1 / (select count(*) from charge_moved) end as moved
            """;

    private final Database database;
    private final Idempotency idempotency;
    private final Connectors connectors;
    private final Finisher finisher;
    private final ActionPages pages;
    private final PaymentSettings settings;
    private final Checkpoint checkpoint;

    Challenges(
            Database database,
            Idempotency idempotency,
            Connectors connectors,
            Finisher finisher,
            ActionPages pages,
            PaymentSettings settings,
            Checkpoint checkpoint) {
        this.database = database;
        this.idempotency = idempotency;
        this.connectors = connectors;
        this.finisher = finisher;
        this.pages = pages;
        this.settings = settings;
        this.checkpoint = checkpoint;
    }

    List<PageRoute> routes() {
        return List.of(
                new PageRoute("GET", "/pay/authenticate/{account}/{charge}/{token}", this::authenticate),
                new PageRoute("POST", "/pay/return/{account}/{charge}/{token}", this::returned),
                // Some providers send the browser back with a link; some browsers reload the page they came back to.
                new PageRoute("GET", "/pay/return/{account}/{charge}/{token}", this::followed));
    }

    private PageResponse authenticate(PageRequest request) {
        Optional<Charge> found = charge(request);
        if (found.isEmpty()) {
            return unknownLink();
        }
        Charge charge = found.get();
        ObjectNode action = charge.action();
        if (charge.state() != ChargeState.REQUIRES_ACTION || action == null) {
            return leave(charge);
        }
        String url = action.path("url").asString();
        if (leads(charge)) {
            return PageResponse.redirect(url);
        }
        Map<String, String> fields = texts(action.path("fields"));
        return Html.postTo(url, fields, "Your bank wants to know that it is you",
                "You are being sent to your bank's page.", "Continue to your bank");
    }

    private PageResponse followed(PageRequest request) {
        Optional<Charge> found = charge(request);
        boolean answer = found.isPresent() && found.get().state() == ChargeState.REQUIRES_ACTION && answers(found.get(), request.params().texts());
        return answer ? returned(request) : found.map(this::leave).orElseGet(Challenges::unknownLink);
    }

    private PageResponse returned(PageRequest request) {
        Optional<Charge> found = charge(request);
        if (found.isEmpty()) {
            return unknownLink();
        }
        Charge charge = found.get();
        if (charge.state() == ChargeState.REQUIRES_ACTION && !answers(charge, request.params().texts())) {
            return Html.message(400, "This answer does not belong to your payment", "Please go back to the shop and start the payment again.");
        }
        Intent intent = Rows.intent(database, charge.accountId(), charge.livemode(), charge.paymentIntentId()).orElseThrow();
        // Who pays on a method's own site has paid there: nothing is left to be confirmed.
        if (intent.confirmationMethod().equals("manual") && charge.redirect().isEmpty()) {
            keepAnswer(charge, request.params().texts());
            return leave(charge);
        }
        Deadline deadline = Deadline.in(settings.sendWindow());
        checkpoint.reached("complete.before_commit_1");
        if (claim(charge)) {
            checkpoint.reached("complete.after_commit_1");
            Outcome outcome = complete(charge, request.params().texts(), deadline);
            checkpoint.reached("complete.before_commit_2");
            finisher.settle(charge.in(ChargeState.COMPLETING), outcome);
            checkpoint.reached("complete.after_commit_2");
        }
        return leave(charge);
    }

    /** Whether a payer has been authenticated for an attempt that the server has to confirm once more. */
    static boolean isAnswered(Charge charge) {
        return charge.state() == ChargeState.REQUIRES_ACTION && charge.action() != null && charge.action().path("answer").isObject();
    }

    private void keepAnswer(Charge charge, Map<String, String> fields) {
        if (charge.state() == ChargeState.REQUIRES_ACTION) {
            AttemptStore.moved(database.sql(KEEP_ANSWER)
                    .bind("account", charge.accountId())
                    .bind("intent", charge.paymentIntentId())
                    .bind("charge", charge.id())
                    .bind("answer", Json.write(Json.texts(fields))));
        }
    }

    /** Completes an attempt whose payer has been authenticated, at the merchant's word. */
    ApiResponse goOn(ApiRequest request, Intent intent, Charge charge) {
        Deadline deadline = Deadline.in(settings.sendWindow());
        Map<String, @Nullable Object> values = idempotency.claim(request);
        values.put("intent", intent.id());
        values.put("charge", charge.id());
        values.put("version_read", intent.version());
        values.put("send_window_ms", settings.sendWindow().toMillis());
        values.put("give_up_ms", settings.giveUp().toMillis());
        checkpoint.reached("complete.before_commit_1");
        // A lost acknowledgement leaves a completion in flight, which settling finds: nothing is claimed twice.
        if (!AttemptStore.moved(database.sql(CLAIM_AGAIN).bind(values))) {
            return idempotency.replay(request).orElseThrow(() -> {
                Intent now = Rows.intent(database, intent.accountId(), intent.livemode(), intent.id()).orElseThrow();
                return IntentErrors.busyOrUnexpected(now, Rows.charges(database, now.accountId(), now.id()), "confirmed", IntentDesk.CONFIRMABLE);
            });
        }
        checkpoint.reached("complete.after_commit_1");
        Charge completing = Rows.charge(database, charge.accountId(), charge.livemode(), charge.id()).orElseThrow();
        Map<String, String> fields = texts(Objects.requireNonNull(charge.action()).path("answer"));
        long before = System.nanoTime();
        Outcome outcome = complete(completing, fields, deadline);
        long waited = System.nanoTime() - before;
        checkpoint.reached("complete.before_commit_2");
        List<Charge> earlier = Rows.charges(database, intent.accountId(), intent.id()).stream().filter(it -> !it.id().equals(charge.id())).toList();
        Intent now = Rows.intent(database, intent.accountId(), intent.livemode(), intent.id()).orElseThrow();
        ApiResponse answer = finisher.finish(request, now, completing.in(ChargeState.COMPLETING), outcome, earlier, null).afterProvider(waited);
        checkpoint.reached("complete.after_commit_2");
        return answer;
    }

    private boolean claim(Charge charge) {
        return AttemptStore.moved(database.sql(CLAIM_COMPLETION)
                .bind("account", charge.accountId())
                .bind("intent", charge.paymentIntentId())
                .bind("charge", charge.id())
                .bind("send_window_ms", settings.sendWindow().toMillis())
                .bind("give_up_ms", settings.giveUp().toMillis()));
    }

    /** Checked before anything is claimed: a post from elsewhere must not change the payment. */
    private boolean answers(Charge charge, Map<String, String> fields) {
        return connectors.of(charge.accountId(), charge.livemode(), charge.providerAccountId()).answers(completion(charge, fields));
    }

    private Outcome complete(Charge charge, Map<String, String> fields, Deadline deadline) {
        Connector.Completion completion = completion(charge, fields);
        try {
            Connector connector = connectors.of(charge.accountId(), charge.livemode(), charge.providerAccountId());
            Outcome outcome = connector.complete(completion, deadline);
            // A refused or unsent completion says nothing of the payment: an earlier one may have taken effect. So it is asked.
            return outcome instanceof Outcome.Rejected || outcome instanceof Outcome.NotSent ? connector.inquire(completion.payment()) : outcome;
        } catch (RuntimeException e) {
            LOG.error("A completion failed", e);
            return new Outcome.Unknown("The connector failed: " + e.getClass().getSimpleName());
        }
    }

    private Connector.Completion completion(Charge charge, Map<String, String> fields) {
        Map<String, String> echo = charge.action() == null ? Map.of() : texts(charge.action().path("echo"));
        return new Connector.Completion(new Connector.Inquiry(Objects.requireNonNull(charge.providerId()), charge.reference(), charge.amount(),
                pages.returnUrl(charge)), echo, fields);
    }

    /** Whether the payer goes to another site by a link, and not by posting a form. */
    private static boolean leads(Charge charge) {
        return charge.action() != null && charge.action().path("kind").asString("").equals(Outcome.PayerAction.REDIRECT);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asString()));
        return texts;
    }

    /** Sends the payer back to the merchant, with how it stands. */
    private PageResponse leave(Charge charge) {
        Intent intent = Rows.intent(database, charge.accountId(), charge.livemode(), charge.paymentIntentId()).orElseThrow();
        if (intent.status() == IntentStatus.REQUIRES_ACTION && intent.nextAction() != null && !leads(charge)) {
            // The bank asks for another round. Whoever came back by a link has done what there was to do.
            return PageResponse.redirect(pages.actionUrl(charge));
        }
        String status = switch (intent.status()) {
            case SUCCEEDED, REQUIRES_CAPTURE -> "succeeded";
            case PROCESSING, REQUIRES_ACTION -> "pending";
            // Authenticated, and the merchant has to confirm again; or changed since.
            case REQUIRES_CONFIRMATION -> isAnswered(Rows.charge(database, charge.accountId(), charge.livemode(), charge.id()).orElseThrow())
                    ? "succeeded"
                    : "failed";
            case REQUIRES_PAYMENT_METHOD, CANCELED -> "failed";
        };
        String elsewhere = status.equals("failed") ? intent.detail("failure_url") : null;
        String target = elsewhere == null ? intent.detail("return_url") : elsewhere;
        if (target == null) {
            boolean payment = intent.purpose() == Purpose.PAYMENT;
            return Html.message(200, switch (status) {
                case "succeeded" -> payment ? "Payment confirmed" : "Your card is confirmed";
                case "pending" -> payment ? "Your payment is being processed" : "Your card is being confirmed";
                default -> payment ? "The payment was not made" : "Your card was not confirmed";
            }, "You can close this page and go back to the shop.");
        }
        String name = intent.purpose().object();
        return PageResponse.redirect(withQuery(target, name + "=" + encoded(intent.id()) + "&" + name + "_client_secret="
                + encoded(intent.clientSecret()) + "&redirect_status=" + status));
    }

    private Optional<Charge> charge(PageRequest request) {
        String account = request.pathParam("account");
        String id = request.pathParam("charge");
        if (!pages.matches(account, id, request.pathParam("token"))) {
            return Optional.empty();
        }
        return database.sql("select * from charge where account_id = :account and id = :id")
                .bind("account", account)
                .bind("id", id)
                .one(Rows::charge);
    }

    private static PageResponse unknownLink() {
        return Html.message(404, "This link does not work", "Please go back to the shop and start the payment again.");
    }

    private static String withQuery(String url, String query) {
        int fragment = url.indexOf('#');
        String base = fragment < 0 ? url : url.substring(0, fragment);
        String rest = fragment < 0 ? "" : url.substring(fragment);
        return base + (base.indexOf('?') < 0 ? "?" : "&") + query + rest;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
