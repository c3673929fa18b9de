package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Json;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of disputes (section 2.6). */
final class DisputeWire {
    private final Store store;

    DisputeWire(Store store) {
        this.store = store;
    }

    /** {@code DisputeResponse}. */
    ObjectNode response(Dispute dispute, boolean withEntries) {
        var json = withRequestId(Json.object());
        var one = dispute(dispute);
        if (withEntries) {
            var entries = one.putArray("entries");
            dispute.entries().forEach(entry -> entries.add(entry(dispute, entry)));
        }
        json.set("dispute", one);
        return json;
    }

    static ObjectNode withRequestId(ObjectNode json) {
        return json.put("requestId", UUID.randomUUID().toString());
    }

    /** {@code DisputeCase}. */
    ObjectNode dispute(Dispute dispute) {
        var json = Json.object();
        var times = json.putObject("disputeDateTimeData").put("openedDateTime", dispute.opened().toString())
                .put("lastStatusChangedDateTime", dispute.changed().toString());
        if (dispute.closed() != null) {
            times.put("closedDateTime", dispute.closed().toString());
        }
        if (dispute.due() != null) {
            times.put("responseDueDate", dispute.due().toString());
        }
        json.put("disputeId", dispute.id());
        json.putObject("disputeReferences").put("acquirerDisputeReference", acquirerReference(dispute)).put("schemeDisputeReference", "S" + dispute.id());
        json.put("disputeStage", dispute.stage().name()).put("disputeStatus", dispute.status().name())
                .put("disputeStatusCategory", dispute.status().category()).put("isOpen", dispute.isOpen());
        json.set("merchantBalanceAmount", dispute.amount().with(dispute.taken()).json().put("debitCreditIndicator", "DEBIT"));
        json.putObject("merchantData").put("acquirerId", dispute.merchant().acquirerId()).put("merchantId", dispute.merchant().merchantId())
                .put("merchantName", dispute.merchant().account());
        json.set("originalDisputeAmount", dispute.amount().json());
        var payment = store.payment(dispute.paymentId());
        if (payment != null) {
            json.set("originalTransactionData", transaction(payment, true));
        }
        return putReason(json, dispute);
    }

    static String acquirerReference(Dispute dispute) {
        return "A" + dispute.id();
    }

    private static ObjectNode putReason(ObjectNode json, Dispute dispute) {
        return json.put("schemeReason", dispute.reason().code()).put("schemeReasonDescription", dispute.reason().text())
                .put("unifiedCategory", dispute.reason().category()).put("unifiedReason", dispute.reason().unified());
    }

    /** @param whole false for the summary that entries carry */
    private static ObjectNode transaction(Payment payment, boolean whole) {
        var terms = payment.terms();
        var json = Json.object();
        if (terms.use().verificationMethod() != null) {
            json.put("cardholderVerificationMethod", terms.use().verificationMethod());
        }
        json.put("paymentCategory", terms.use().present() ? "CARD_PRESENT" : "ECOMMERCE");
        var method = json.putObject("paymentMethodData").put("maskedIdentifier", terms.card().masked()).put("scheme", terms.card().brand())
                .put("schemeBrand", terms.card().brand());
        var references = json.putObject("transactionReferences").put("acquirerReferenceNumber", arn(payment)).put("paymentId", payment.id());
        if (terms.references().merchantReference() != null) {
            references.put("merchantReference", terms.references().merchantReference());
        }
        if (whole) {
            method.put("issuingCountryCode", terms.card().country());
            references.put("merchantOperationId", terms.references().operationId())
                    .put("retrievalReferenceNumber", terms.ids().retrievalReferenceNumber())
                    .put("schemeTransactionId", terms.ids().schemeTransactionId());
            json.put("localTransactionDateTime", terms.created().toString());
            json.set("transactionAmount", terms.money().json());
        }
        return json;
    }

    /** The ARN: digits that the schemes know the payment by; here made of its other number. */
    static String arn(Payment payment) {
        return "7481" + payment.terms().ids().schemeTransactionId() + "0000";
    }

    /** {@code DisputeEntry}. */
    ObjectNode entry(Dispute dispute, Dispute.Entry entry) {
        var json = Json.object();
        if (!entry.documentIds().isEmpty()) {
            var documents = json.putArray("documents");
            entry.documentIds().forEach(id -> {
                var document = store.document(id);
                documents.addObject().put("documentId", id).put("fileName", document == null ? "" : document.fileName())
                        .put("mimeType", document == null ? "" : document.mimeType());
            });
        }
        if (entry.text() != null) {
            json.put(entry.type().equals("EVIDENCE") ? "elaboration" : "messageText", entry.text());
        }
        json.put("entryCategory", entry.category()).put("entryDateTime", entry.at().toString()).put("entryId", entry.id())
                .put("entryType", entry.type()).put("entryTypeDescription", entry.type().toLowerCase(Locale.ROOT).replace('_', ' '));
        json.put("schemeReason", dispute.reason().code()).put("schemeReasonDescription", dispute.reason().text());
        putText(json, "userId", entry.userId());
        if (entry.amount() != null) {
            json.set("transactionAmount", entry.amount().json());
        }
        return json;
    }

    /** {@code DisputeEntryWithDisputeSummary}. */
    ObjectNode entryOf(Dispute dispute, Dispute.Entry entry, boolean withSummary) {
        var json = entry(dispute, entry).put("disputeId", dispute.id());
        if (withSummary) {
            var summary = putReason(json.putObject("disputeSummary").put("acquirerDisputeReference", acquirerReference(dispute)), dispute);
            summary.putObject("merchantData").put("acquirerId", dispute.merchant().acquirerId())
                    .put("merchantId", dispute.merchant().merchantId());
            var payment = store.payment(dispute.paymentId());
            if (payment != null) {
                summary.set("originalTransactionData", transaction(payment, false));
            }
        }
        return json;
    }

    private static void putText(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }
}
