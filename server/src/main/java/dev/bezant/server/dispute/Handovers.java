package dev.bezant.server.dispute;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.TakesEvidence;
import dev.bezant.server.connector.TakesEvidence.Document;
import dev.bezant.server.connector.TakesEvidence.Handover;
import dev.bezant.server.database.Database;
import dev.bezant.server.file.Files;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands evidence over to providers that take it by API. For the others it is an operator's task, which is counted.
 *
 * <p>What is to be handed over is a column of {@code dispute}, set by the commit that sent the evidence in. It is claimed for a minute, so
 * that what a dying node has not finished is tried again; the same may then arrive twice.
 */
final class Handovers {
    private static final Logger LOG = LoggerFactory.getLogger(Handovers.class);
    private static final int BATCH = 10;
    private static final Duration COUNTED_EVERY = Duration.ofSeconds(10);

    private final Database database;
    private final Connectors connectors;
    private final Disputes disputes;
    private final Files files;
    private final Clock clock;
    private final AtomicLong waiting = new AtomicLong();
    private volatile Instant countAt = Instant.MIN;

    Handovers(Database database, Connectors connectors, Disputes disputes, Files files, MeterRegistry metrics, Clock clock) {
        this.database = database;
        this.connectors = connectors;
        this.disputes = disputes;
        this.files = files;
        this.clock = clock;
        metrics.gauge("bezant.operator.tasks", Tags.of("kind", "dispute"), waiting);
    }

    void round() {
        for (Dispute dispute : claim()) {
            try {
                handOver(dispute);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).addKeyValue("dispute", dispute.id()).log("Evidence could not be handed over; it is tried again");
            }
        }
        count();
    }

    /** For the metrics; now and then is enough. */
    private void count() {
        Instant now = clock.instant();
        if (now.isBefore(countAt)) {
            return;
        }
        countAt = now.plus(COUNTED_EVERY);
        waiting.set(database.sql("""
                        select count(*) as n from dispute
                         where status in ('under_review', 'warning_under_review') and handed_over_at is null and hand_over_at is null
                        """)
                .one(row -> row.number("n"))
                .orElse(0L));
    }

    private List<Dispute> claim() {
        return database.sql("""
                        update dispute d set hand_over_at = now() + interval '1 minute'
                          from (select account_id, id from dispute where hand_over_at <= now()
                                 order by hand_over_at limit :limit for update skip locked) due
                         where d.account_id = due.account_id and d.id = due.id
                        returning d.*
                        """)
                .bind("limit", BATCH)
                .list(Dispute::read);
    }

    private void handOver(Dispute dispute) {
        Connector connector = connectors.of(dispute.accountId(), dispute.livemode(), dispute.providerAccountId());
        if (!(connector instanceof TakesEvidence takes)) {
            finish(dispute, false);
            LOG.atWarn().addKeyValue("dispute", dispute.id()).addKeyValue("provider", dispute.provider())
                    .log("Evidence was sent in for a provider that takes none by API: an operator must hand it over");
            return;
        }
        Handover handover = takes.submit(new TakesEvidence.Evidence(dispute.providerPaymentId(), dispute.providerId(),
                Evidence.texts(dispute.evidence()), documents(dispute)));
        switch (handover) {
            case Handover.Taken t -> finish(dispute, true);
            case Handover.Decided(var now, var won) -> {
                // First the decision: a crash before the next line only repeats what the provider does not mind.
                disputes.decided(dispute, now, won);
                finish(dispute, true);
            }
            case Handover.Refused(var reason) -> {
                finish(dispute, false);
                LOG.atError().addKeyValue("dispute", dispute.id()).addKeyValue("reason", reason)
                        .log("The provider does not take the evidence: an operator must hand it over");
            }
            case Handover.Unknown(var reason) -> LOG.atWarn().addKeyValue("dispute", dispute.id()).addKeyValue("reason", reason)
                    .log("Evidence could not be handed over; it is tried again");
        }
    }

    private List<Document> documents(Dispute dispute) {
        var documents = new ArrayList<Document>();
        Evidence.files(dispute.evidence()).forEach((field, id) -> files.content(database, dispute.accountId(), dispute.livemode(), id).ifPresent(found ->
                documents.add(new Document(field, found.file().fileName(), found.file().type().contentType(), found.bytes()))));
        return documents;
    }

    private void finish(Dispute dispute, boolean handedOver) {
        database.sql("""
                        update dispute set hand_over_at = null, handed_over_at = case when :done then now() else handed_over_at end
                         where account_id = :account and id = :id and submission_count = :submissions
                        """)
                .bind("done", handedOver)
                .bind("account", dispute.accountId())
                .bind("id", dispute.id())
                .bind("submissions", dispute.submissionCount())
                .update();
    }
}
