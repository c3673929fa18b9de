package dev.bezant.sandbox.worldlineacquiring;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dispute about a payment (section 2.6). Immutable; a change makes a new one.
 *
 * @param amount what the issuer claims
 * @param taken minor units that were taken from the merchant and not given back
 * @param reason the scheme's code, with words
 */
record Dispute(String id, Merchant merchant, String paymentId, Money amount, long taken, Stage stage, Status status, Reason reason,
        Instant opened, Instant changed, @Nullable Instant closed, @Nullable LocalDate due, List<Entry> entries) {
    /** The stages that occur here. */
    enum Stage { INQUIRY, DISPUTE }

    /** The states that occur here, with their categories. */
    enum Status {
        EVIDENCE_REQUESTED("NEEDS_RESPONSE"), REVIEW_BY_ISSUER("IN_PROGRESS"), ISSUER_WITHDRAWN("WON"), SUCCESSFUL_DEFENSE("WON"),
        UNSUCCESSFUL_DEFENSE("LOST"), UNANSWERED_EXPIRED("LOST"), ACCEPTED("LOST"), DISPUTE_CANCELLED("CANCELLED");

        private final String category;

        Status(String category) {
            this.category = category;
        }

        String category() {
            return category;
        }

        boolean isOpen() {
            return this == EVIDENCE_REQUESTED || this == REVIEW_BY_ISSUER;
        }
    }

    /** Why. The unified words are the simulator's. */
    enum Reason {
        FRAUD("10.4", "Other fraud, card absent", "FRAUD", "CARD_ABSENT_FRAUD"),
        NOT_RECEIVED("13.1", "Merchandise or services not received", "CONSUMER_DISPUTE", "NOT_RECEIVED"),
        OTHER("13.7", "Cancelled merchandise or services", "CONSUMER_DISPUTE", "OTHER");

        private final String code;
        private final String text;
        private final String category;
        private final String unified;

        Reason(String code, String text, String category, String unified) {
            this.code = code;
            this.text = text;
            this.category = category;
            this.unified = unified;
        }

        String code() {
            return code;
        }

        String text() {
            return text;
        }

        String category() {
            return category;
        }

        String unified() {
            return unified;
        }
    }

    /**
     * Something that happened in it. The words of categories and types are the simulator's.
     *
     * @param documentIds what was attached
     */
    record Entry(String id, String category, String type, Instant at, @Nullable String text, @Nullable String userId, @Nullable Money amount,
            List<String> documentIds) {
        Entry {
            documentIds = List.copyOf(documentIds);
        }
    }

    Dispute {
        entries = List.copyOf(entries);
    }

    boolean isOpen() {
        return status.isOpen();
    }

    Dispute with(Entry entry) {
        var all = new ArrayList<>(entries);
        all.add(entry);
        return new Dispute(id, merchant, paymentId, amount, taken, stage, status, reason, opened, changed, closed, due, all);
    }

    Dispute at(Stage next, Status state, long takenNow, @Nullable LocalDate answerBy, Instant now) {
        return new Dispute(id, merchant, paymentId, amount, takenNow, next, state, reason, opened, now, state.isOpen() ? null : now, answerBy,
                entries);
    }

    String nextEntryId() {
        return id + "-" + (entries.size() + 1);
    }
}
