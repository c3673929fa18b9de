package dev.bezant.server.dispute;

import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Database;
import dev.bezant.server.file.Files;
import dev.bezant.server.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators do with disputes: look, carry evidence to a provider that takes none by API, and enter how it ended. */
public final class DisputeDesk {
    private final Database database;
    private final Disputes disputes;
    private final Files files;
    private final Audit audit;

    DisputeDesk(Database database, Disputes disputes, Files files, Audit audit) {
        this.database = database;
        this.disputes = disputes;
        this.files = files;
        this.audit = audit;
    }

    /**
     * A dispute as operators need it.
     *
     * @param toDo what nobody but a person can do about it; empty where there is nothing
     */
    public record Case(
            String id,
            String mode,
            String status,
            String amount,
            String reason,
            String charge,
            String provider,
            String providerPayment,
            String providerDispute,
            String created,
            String due,
            String toDo) {
        static Case of(Dispute it) {
            boolean carry = it.status() == DisputeStatus.UNDER_REVIEW || it.status() == DisputeStatus.WARNING_UNDER_REVIEW;
            return new Case(it.id(), it.livemode() ? "live" : "test", it.status().wireName(), it.amount().toString(),
                    it.reason() + (it.reasonCode() == null ? "" : " (" + it.reasonCode() + ")"), it.chargeId(), it.provider(), it.providerPaymentId(),
                    it.providerId(), it.createdAt().toString(), it.dueBy() == null ? "" : it.dueBy().toString(),
                    carry ? it.handedOverAt() == null ? "hand over, then resolve" : "resolve when decided" : "");
        }
    }

    /** A file of the evidence. */
    public record Attachment(String field, String fileName, byte[] content) {
        @Override
        public String toString() {
            return "Attachment[" + field + ", " + content.length + " bytes]";
        }
    }

    /** What was said. */
    public record Said(Map<String, String> texts, List<Attachment> files) {
        /** Without what is personal. */
        @Override
        public String toString() {
            return "Said[" + texts.size() + " texts, " + files.size() + " files]";
        }
    }

    /**
     * Newest first.
     *
     * @param closedToo whether also those that are over
     */
    public List<Case> list(String accountId, boolean closedToo, int limit) {
        return database.sql("select * from dispute where account_id = :account and (:all or closed_at is null) order by id desc limit :limit")
                .bind("account", accountId)
                .bind("all", closedToo)
                .bind("limit", limit)
                .list(Dispute::read).stream().map(Case::of).toList();
    }

    public Optional<Case> find(String accountId, String id) {
        return dispute(accountId, id).map(Case::of);
    }

    public Optional<Said> said(String accountId, String id) {
        return dispute(accountId, id).map(dispute -> new Said(Evidence.texts(dispute.evidence()),
                Evidence.files(dispute.evidence()).entrySet().stream()
                        .flatMap(it -> files.content(database, accountId, dispute.livemode(), it.getValue()).stream()
                                .map(found -> new Attachment(it.getKey(), found.file().fileName(), found.bytes())))
                        .toList()));
    }

    /** Notes that the provider has the evidence now. @return false if there is none that it could have */
    public boolean handedOver(Actor actor, String accountId, String id) {
        return database.transaction(tx -> {
            int noted = tx.sql("""
                            update dispute set handed_over_at = now(), hand_over_at = null
                             where account_id = :account and id = :id and submitted_at is not null and handed_over_at is null
                            """)
                    .bind("account", accountId)
                    .bind("id", id)
                    .update();
            if (noted > 0) {
                audit.record(tx, actor, accountId, "dispute.hand_over", id, Json.object());
            }
            return noted > 0;
        });
    }

    /** Enters how the banks decided. @return the case as it is then; empty if there is none */
    public Optional<Case> resolve(Actor actor, String accountId, String id, boolean won) {
        return dispute(accountId, id).map(known -> Case.of(disputes.resolved(known, won, (tx, after) -> audit.record(tx, actor, accountId,
                "dispute.resolve", id, Json.object().put("from", known.status().wireName()).put("to", after.status().wireName())))));
    }

    private Optional<Dispute> dispute(String accountId, String id) {
        return database.sql("select * from dispute where account_id = :account and id = :id")
                .bind("account", accountId)
                .bind("id", id)
                .one(Dispute::read);
    }
}
