package dev.bezant.corefy;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.json.JsonFields;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A payment invoice as Corefy tells it.
 *
 * @param id {@code cpi_...}
 * @param rawStatus the word received; {@link #status()} reads it
 * @param resolution {@code ok}, or why not
 * @param referenceId ours, unique per account
 * @param amount major units, as asked for
 * @param testMode must be the mode in which it was created
 * @param moderationRequired parked until one of Corefy's staff decides
 * @param totals what became of the money
 * @param flow where the payer's browser goes, and the token for the Card Gate
 * @param card what paid, once something did
 * @param hostedPage where to send the payer, where Corefy gives a ready address
 * @param attempt whether somebody began to pay
 * @param refunds null when not told
 * @param metadata ours
 * @param other everything else Corefy sent, by its name
 * @see "docs/protocols/corefy.md, section 3"
 */
public record PaymentInvoice(
        String id,
        String rawStatus,
        @Nullable String resolution,
        @Nullable String resolutionMessage,
        @Nullable String referenceId,
        BigDecimal amount,
        String currency,
        boolean testMode,
        boolean moderationRequired,
        Totals totals,
        Times times,
        @Nullable Flow flow,
        @Nullable CardPayload card,
        @Nullable URI hostedPage,
        Attempt attempt,
        @Nullable List<Refund> refunds,
        Acquirer acquirer,
        Map<String, String> metadata,
        Map<String, Object> other) {
    private static final Set<String> KNOWN = Set.of("status", "resolution", "resolution_message", "reference_id", "amount", "currency",
            "test_mode", "moderation_required", "processed_amount", "refunded_amount", "charged_back_amount", "fee", "deposit", "created", "updated",
            "processed", "refunded", "failed", "charged_back", "flow_data", "payload", "hpp_url", "refunds", "rrn", "arn", "approval_code",
            "original_data", "metadata");

    /** In major units of the invoice's currency; null when not told. */
    public record Totals(
            @Nullable BigDecimal processed,
            @Nullable BigDecimal refunded,
            @Nullable BigDecimal chargedBack,
            @Nullable BigDecimal fee,
            @Nullable BigDecimal deposit) {}

    /** By Corefy's clock, to the second; null when it has not happened or is not told. */
    public record Times(
            @Nullable Instant created,
            @Nullable Instant updated,
            @Nullable Instant processed,
            @Nullable Instant refunded,
            @Nullable Instant failed,
            @Nullable Instant chargedBack) {}

    /**
     * What the acquirer said.
     *
     * @param originalResolution its own word; shown where the account has that switched on
     */
    public record Acquirer(
            @Nullable String rrn,
            @Nullable String arn,
            @Nullable String approvalCode,
            @Nullable String originalResolution,
            @Nullable String originalMessage) {}

    /**
     * The next step of the payer, and of a card that is sent from server to server.
     *
     * @param action where the browser goes; null when there is nothing to do
     * @param method GET or POST
     * @param params the fields of that form or query
     * @param cardGateId {@code cgi_...}
     * @param cardGateToken Bearer token of one invoice
     */
    public record Flow(
            @Nullable URI action,
            String method,
            Map<String, String> params,
            @Nullable String cardGateId,
            @Nullable SecretText cardGateToken) {

        static @Nullable Flow of(JsonFields invoice) {
            JsonFields flow = invoice.object("flow_data").orElse(null);
            if (flow == null) {
                return null;
            }
            JsonFields metadata = flow.object("metadata").orElse(null);
            String token = metadata == null ? null : metadata.text("token");
            String method = flow.text("method");
            return new Flow(Json.uri(flow, "action"), method == null ? "GET" : method, Json.texts(flow, "params"),
                    metadata == null ? null : metadata.text("sid"), token == null || token.isEmpty() ? null : SecretText.of(token));
        }

        /** When the Card Gate stops taking cards, as the token itself says; empty when there is no readable token. */
        public Optional<Instant> cardGateTokenExpires() {
            return Optional.ofNullable(cardGateToken).flatMap(Flow::expiry);
        }

        private static Optional<Instant> expiry(SecretText token) {
            String[] parts = token.reveal().split("\\.", -1);
            if (parts.length != 3) {
                return Optional.empty();
            }
            try {
                var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
                var found = Pattern.compile("\"exp\"\\s*:\\s*([0-9]{1,12})(?![0-9.])").matcher(claims);
                return found.find() ? Optional.of(Instant.ofEpochSecond(Long.parseLong(found.group(1)))) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** The parameters name the invoice to the hosted page. */
        @Override
        public String toString() {
            return "Flow[" + method + " " + (action == null ? "" : action.getHost()) + "]";
        }
    }

    /** Whether somebody began to pay the invoice. */
    public sealed interface Attempt {
        /** Corefy says that there is no active payment. */
        record None() implements Attempt {}

        /**
         * There is one.
         *
         * @param id {@code pay_...}
         * @param status its own word, such as {@code authorize_required} or {@code authorized}; null when not told
         */
        record Begun(String id, @Nullable String status, @Nullable String resolution) implements Attempt {}

        /** The answer does not say. */
        record NotTold() implements Attempt {}
    }

    public InvoiceStatus status() {
        return InvoiceStatus.of(rawStatus);
    }

    /** Charges the same customer's card again; there when it was asked for by {@link NewInvoice.Builder#tokenize} and the card has paid. */
    public Optional<SecretText> savedCardToken() {
        return card == null ? Optional.empty() : Optional.ofNullable(card.token());
    }

    /** The refund that was asked for under this reference; empty when there is none or refunds are not told. */
    public Optional<Refund> refund(String reference) {
        return refunds == null ? Optional.empty() : refunds.stream().filter(refund -> reference.equals(refund.referenceId())).findFirst();
    }

    static PaymentInvoice of(Resource resource) {
        resource.expecting("payment-invoice");
        JsonFields json = resource.attributes();
        JsonFields original = json.object("original_data").orElse(null);
        return new PaymentInvoice(
                resource.id(), json.requiredText("status"), json.text("resolution"), json.text("resolution_message"), json.text("reference_id"),
                json.requiredDecimal("amount"), json.requiredText("currency"), Json.flag(json, "test_mode"), Json.flag(json, "moderation_required"),
                new Totals(json.decimal("processed_amount"), json.decimal("refunded_amount"), json.decimal("charged_back_amount"), json.decimal("fee"),
                        json.decimal("deposit")),
                new Times(Json.time(json, "created"), Json.time(json, "updated"), Json.time(json, "processed"), Json.time(json, "refunded"),
                        Json.time(json, "failed"), Json.time(json, "charged_back")),
                Flow.of(json), CardPayload.of(json), Json.uri(json, "hpp_url"), attempt(resource), Refund.listed(json.node().get("refunds")),
                new Acquirer(json.text("rrn"), json.text("arn"), json.text("approval_code"),
                        original == null ? null : original.text("original_resolution"),
                        original == null ? null : original.text("original_resolution_message")),
                Json.texts(json, "metadata"), Json.others(json.node(), KNOWN));
    }

    private static Attempt attempt(Resource resource) {
        Resource.Linked linked = resource.linked("active-payment");
        if (linked instanceof Resource.Linked.To to) {
            JsonFields payment = resource.includedAttributes(to.id()).orElse(null);
            return new Attempt.Begun(to.id(), payment == null ? null : payment.text("status"), payment == null ? null : payment.text("resolution"));
        }
        return linked instanceof Resource.Linked.Nothing ? new Attempt.None() : new Attempt.NotTold();
    }

    /** Without metadata and the rest, which may be personal. */
    @Override
    public String toString() {
        return "PaymentInvoice[" + id + ", " + rawStatus + ", " + amount + " " + currency + "]";
    }
}
